/**
 * <photo-cover data-box="Box {number}"><div class="cover-stage"><img …></div><form>…</form></photo-cover>: boxes drawn over a
 * photo with mouse, finger or keys. They are sent as shares of width and height; the server does the covering.
 */
type Shares = [left: number, top: number, width: number, height: number];

const STEP = 0.01;
const SMALLEST = 0.01;
const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

class PhotoCover extends HTMLElement {
  private stage!: HTMLElement;
  private drawing: { box: HTMLElement; left: number; top: number } | null = null;
  private readonly boxes = new Map<HTMLElement, Shares>();

  connectedCallback(): void {
    this.stage = this.querySelector<HTMLElement>(".cover-stage")!;
    this.stage.addEventListener("pointerdown", (event) => this.start(event));
    this.stage.addEventListener("pointermove", (event) => this.stretch(event));
    this.stage.addEventListener("pointerup", () => this.end());
    this.stage.addEventListener("pointercancel", () => this.end());
    this.querySelector("[data-add]")!.addEventListener("click", () => this.add([0.4, 0.4, 0.2, 0.2]).focus());
    this.querySelector("[data-undo]")!.addEventListener("click", () => this.takeAway([...this.boxes.keys()].pop()));
  }

  private start(event: PointerEvent): void {
    if ((event.target as Element).closest(".cover-box") || event.button) return;
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    const [left, top] = this.place(event);
    this.drawing = { box: this.add([left, top, 0, 0]), left, top };
  }

  private stretch(event: PointerEvent): void {
    if (!this.drawing) return;
    const { box, left, top } = this.drawing;
    const [x, y] = this.place(event);
    this.set(box, [Math.min(left, x), Math.min(top, y), Math.abs(x - left), Math.abs(y - top)]);
  }

  /** A tap without a stroke draws nothing. */
  private end(): void {
    const box = this.drawing?.box;
    this.drawing = null;
    const [, , width, height] = (box && this.boxes.get(box)) ?? [0, 0, 0, 0];
    if (width < SMALLEST || height < SMALLEST) this.takeAway(box);
    else box?.focus();
  }

  private place(event: PointerEvent): [number, number] {
    const frame = this.stage.getBoundingClientRect();
    return [within((event.clientX - frame.left) / frame.width, 0, 1), within((event.clientY - frame.top) / frame.height, 0, 1)];
  }

  private add(shares: Shares): HTMLElement {
    const box = document.createElement("button");
    box.type = "button";
    box.className = "cover-box";
    box.setAttribute("aria-label", (this.dataset["box"] ?? "").replace("{number}", String(this.boxes.size + 1)));
    box.addEventListener("keydown", (event) => this.key(box, event));
    this.stage.append(box);
    this.set(box, shares);
    return box;
  }

  private key(box: HTMLElement, event: KeyboardEvent): void {
    if (event.key === "Delete" || event.key === "Backspace") return this.takeAway(box);
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    if (!x && !y) return;
    event.preventDefault();
    const [left, top, width, height] = this.boxes.get(box)!;
    if (event.shiftKey)
      this.set(box, [left, top, within(width + x! * STEP, SMALLEST, 1 - left), within(height + y! * STEP, SMALLEST, 1 - top)]);
    else this.set(box, [within(left + x! * STEP, 0, 1 - width), within(top + y! * STEP, 0, 1 - height), width, height]);
  }

  private set(box: HTMLElement, shares: Shares): void {
    this.boxes.set(box, shares);
    const [left, top, width, height] = shares.map((share) => `${share * 100}%`);
    Object.assign(box.style, { left, top, width, height });
    this.write();
  }

  private takeAway(box: HTMLElement | undefined): void {
    if (!box) return;
    this.boxes.delete(box);
    box.remove();
    this.querySelector<HTMLElement>("[data-add]")?.focus();
    this.write();
  }

  private write(): void {
    const drawn = [...this.boxes.values()].filter(([, , width, height]) => width > 0 && height > 0);
    this.querySelector<HTMLInputElement>("input[name=boxes]")!.value = JSON.stringify(drawn);
  }
}

customElements.define("photo-cover", PhotoCover);
