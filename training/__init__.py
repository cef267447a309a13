"""Synthetic data, training, fine-tuning and evaluation."""
