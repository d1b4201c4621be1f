/**
 * <pick-rows>…<label data-all hidden>…<span data-count="{n} chosen">…<button data-act>…rows…</pick-rows>: says how many rows
 * are chosen, chooses the whole page, and lets one act only once something is chosen. Without JavaScript the boxes and
 * the button work as they are.
 */
class PickRows extends HTMLElement {
  connectedCallback(): void {
    const all = this.querySelector<HTMLElement>("[data-all]");
    if (all) all.hidden = false;
    this.addEventListener("change", (event) => this.changed(event.target));
    this.show();
  }

  private changed(target: EventTarget | null): void {
    if (target === this.whole()) for (const box of this.boxes()) box.checked = this.whole()?.checked ?? false;
    this.show();
  }

  private show(): void {
    const boxes = this.boxes();
    const chosen = boxes.filter((box) => box.checked).length;
    for (const box of boxes) box.closest("li")?.classList.toggle("is-picked", box.checked);
    const whole = this.whole();
    if (whole) {
      whole.checked = chosen > 0 && chosen === boxes.length;
      whole.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    const count = this.querySelector<HTMLElement>("[data-count]");
    if (count) count.textContent = chosen ? (count.dataset["count"] ?? "").replace("{n}", String(chosen)) : "";
    const act = this.querySelector<HTMLButtonElement>("[data-act]");
    if (act) act.disabled = chosen === 0;
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(".row-pick input")];
  }

  private whole(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("[data-all] input");
  }
}

customElements.define("pick-rows", PickRows);
