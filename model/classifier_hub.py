"""The classifier in the format of Hugging Face: `from_pretrained`, `save_pretrained` and the hub work with it."""

from typing import Any

from torch import Tensor
from transformers import PretrainedConfig, PreTrainedModel
from transformers.modeling_outputs import TokenClassifierOutput

from .categories import CATEGORIES
from .classifier import Classifier
from .classifier_input import LINE_MARKS, MARKS


class ClassifierConfig(PretrainedConfig):
    """What the classifier is built from.

    Parameters
    ----------
    characters : str
        The vocabulary: character of class 1, 2, and so on.
    marks, line_marks : list of str
        What the columns of the input are; another version of deburn may have others.
    width, page_width, layers, before, after : int
        As `Classifier` has them.
    """

    model_type = "deburn-classifier"

    def __init__(
        self,
        characters: str = "",
        marks: list[str] | None = None,
        line_marks: list[str] | None = None,
        width: int = 96,
        page_width: int = 128,
        layers: int = 2,
        before: int = 3,
        after: int = 2,
        **more: Any,
    ) -> None:
        more.setdefault("id2label", dict(enumerate(CATEGORIES)))
        more.setdefault("label2id", {category: index for index, category in enumerate(CATEGORIES)})
        super().__init__(**more)
        self.characters = characters
        self.marks = list(marks or MARKS)
        self.line_marks = list(line_marks or LINE_MARKS)
        self.width, self.page_width, self.layers = width, page_width, layers
        self.before, self.after = before, after


class ClassifierForTokenClassification(PreTrainedModel):
    """The classifier as `transformers` has its token classifiers; a token is a character."""

    config_class = ClassifierConfig
    main_input_name = "characters"

    def __init__(self, config: ClassifierConfig) -> None:
        super().__init__(config)
        self.network = Classifier(
            len(config.characters), config.num_labels, width=config.width, page_width=config.page_width,
            layers=config.layers, before=config.before, after=config.after,
        )  # fmt: skip
        self.post_init()

    def forward(
        self, characters: Tensor, marks: Tensor, owner: Tensor, lines: Tensor, beside: Tensor, pages: Tensor
    ) -> TokenClassifierOutput:
        """Inputs as `ClassifierInput` has them ``-> logits float32[S, categories]``."""
        return TokenClassifierOutput(logits=self.network.logits(characters, marks, owner, lines, beside, pages))
