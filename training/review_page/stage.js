// The image: native values through a window onto a canvas, zoomed and moved.

const LARGEST = 32; // screen pixels to one of the image
const STEP = 1.25;

/** Draws a frame; boxes are laid over it by whoever sets `moved`. */
export class Stage {
  #image = document.createElement("canvas"); // the frame, one pixel to one
  #frame = null;
  #fitted = true;
  scale = 1;
  x = 0; // of the image's left edge, in pixels of the page
  y = 0;
  brightness = 0; // both in [-100, 100]
  contrast = 0;

  moved = () => {}; // called when anything stands elsewhere on the screen

  constructor(element, canvas) {
    this.element = element;
    this.canvas = canvas;
    new ResizeObserver(() => this.#resize()).observe(element);
    this.#resize();
  }

  /** Shows a frame; null shows nothing. Another image than before is shown whole. */
  show(frame, another) {
    this.#frame = frame;
    this.#image.width = frame?.columns ?? 1;
    this.#image.height = frame?.rows ?? 1;
    if (frame) this.#expose();
    if (another) this.fit();
    else this.draw();
  }

  /** Says whether this is the frame that is shown. */
  shows(number) {
    return this.#frame?.frame === number;
  }

  window(brightness, contrast) {
    this.brightness = Math.max(-100, Math.min(100, brightness));
    this.contrast = Math.max(-100, Math.min(100, contrast));
    if (this.#frame) this.#expose();
    this.draw();
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.element;
    const margin = 12;
    this.scale = Math.min((width - 2 * margin) / this.#image.width, (height - 2 * margin) / this.#image.height, LARGEST);
    this.scale = Math.max(this.scale, 0.01);
    this.x = (width - this.#image.width * this.scale) / 2;
    this.y = (height - this.#image.height * this.scale) / 2;
    this.#fitted = true;
    this.draw();
  }

  /** Zooms by steps around a point of the element, or its middle. */
  zoom(steps, x = this.element.clientWidth / 2, y = this.element.clientHeight / 2) {
    const scale = Math.max(0.02, Math.min(LARGEST, this.scale * STEP ** steps));
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.#fitted = false;
    this.draw();
  }

  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.#fitted = false;
    this.draw();
  }

  /** Brings a box into view. */
  reveal(box) {
    const [left, top] = [this.x + box.x * this.scale, this.y + box.y * this.scale];
    const { clientWidth: width, clientHeight: height } = this.element;
    const outside = left < 0 || top < 0 || left + box.w * this.scale > width || top + box.h * this.scale > height;
    if (outside) this.pan(width / 2 - left - (box.w * this.scale) / 2, height / 2 - top - (box.h * this.scale) / 2);
  }

  /** Gives the place of a pointer in pixels of the image, fractions and all. */
  place(event) {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: (event.clientX - left - this.x) / this.scale, y: (event.clientY - top - this.y) / this.scale };
  }

  draw() {
    const context = this.canvas.getContext("2d");
    const ratio = window.devicePixelRatio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.#frame) {
      context.setTransform(ratio * this.scale, 0, 0, ratio * this.scale, ratio * this.x, ratio * this.y);
      context.imageSmoothingEnabled = this.scale * ratio < 1;
      context.imageSmoothingQuality = "high";
      context.drawImage(this.#image, 0, 0);
    }
    this.moved();
  }

  #resize() {
    this.canvas.width = Math.round(this.element.clientWidth * window.devicePixelRatio);
    this.canvas.height = Math.round(this.element.clientHeight * window.devicePixelRatio);
    if (this.#fitted) this.fit();
    else this.draw();
  }

  /** Turns the frame's values to grey or colour as the window has it. */
  #expose() {
    const { width, height } = this.#image;
    const picture = new ImageData(width, height);
    const pixels = new Uint32Array(picture.data.buffer);
    const { values, samples } = this.#frame;
    const shades = this.#shades();
    if (samples === 1) for (let i = 0; i < pixels.length; i++) pixels[i] = 0xff000000 | (shades[values[i]] * 0x010101);
    else
      for (let i = 0, k = 0; i < pixels.length; i++, k += 3)
        pixels[i] = 0xff000000 | (shades[values[k + 2]] << 16) | (shades[values[k + 1]] << 8) | shades[values[k]];
    this.#image.getContext("2d").putImageData(picture, 0, 0);
  }

  /** Gives the shade, 0 to 255, of every value that the frame can hold. */
  #shades() {
    const { samples, offset, step, low, high, dark } = this.#frame;
    const begin = (low - offset) / step;
    const range = Math.max((high - low) / step, 1e-6);
    // Four times the contrast at one end, a quarter at the other; brightness moves the middle by up to the whole range.
    const width = range / 4 ** (this.contrast / 100);
    const middle = begin + range / 2 - ((dark ? -1 : 1) * range * this.brightness) / 100;
    const shades = new Uint8ClampedArray(samples === 1 ? 1 << 16 : 1 << 8);
    for (let value = 0; value < shades.length; value++) {
      const shade = 255 * ((value - middle) / width + 0.5);
      shades[value] = dark ? 255 - shade : shade;
    }
    return shades;
  }
}
