/**
 * <send-once><form>…</form></send-once>: an impatient second press sends nothing.
 * The server takes the same form twice as one report anyway; this keeps the first answer, with its secret, on the way.
 */
class SendOnce extends HTMLElement {
  private sent = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => {
      if (this.sent) event.preventDefault();
      this.sent = true;
    });
    window.addEventListener("pageshow", () => {
      this.sent = false;
    });
  }
}

customElements.define("send-once", SendOnce);
