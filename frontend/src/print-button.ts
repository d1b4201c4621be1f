/** <print-button hidden><button type="button">…</button></print-button>: appears only where a page can be printed. */
class PrintButton extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.addEventListener("click", () => window.print());
  }
}

customElements.define("print-button", PrintButton);
