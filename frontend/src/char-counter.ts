/**
 * <char-counter for="id_text" max="10000" words="还可以写 {left} 字" over="超出 {over} 字">…</char-counter>
 * Counts what is typed the way the server does (by code point). Without JavaScript its own text stays.
 */
class CharCounter extends HTMLElement {
  connectedCallback(): void {
    const field = document.getElementById(this.getAttribute("for") ?? "");
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
    const show = (): void => this.show([...field.value.trim()].length);
    field.addEventListener("input", show);
    show();
  }

  private show(length: number): void {
    const max = Number(this.getAttribute("max"));
    const over = length > max;
    const words = this.getAttribute(over ? "over" : "words") ?? "";
    this.textContent = words.replace("{left}", String(max - length)).replace("{over}", String(length - max));
    this.classList.toggle("is-over", over);
  }
}

customElements.define("char-counter", CharCounter);
