/**
 * <read-aloud for="main" hidden><button type="button">读给我听</button></read-aloud>
 * Reads the page aloud with the device's own voice; a second press stops. Stays hidden where there is no voice.
 */
class ReadAloud extends HTMLElement {
  connectedCallback(): void {
    if (!("speechSynthesis" in window)) return;
    this.hidden = false;
    this.addEventListener("click", () => this.toggle());
    window.addEventListener("pagehide", () => speechSynthesis.cancel());
  }

  private toggle(): void {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      return;
    }
    const text = document.getElementById(this.getAttribute("for") ?? "")?.innerText ?? "";
    for (const sentence of text.split(/\n+/).filter(Boolean)) speechSynthesis.speak(this.saying(sentence));
  }

  private saying(sentence: string): SpeechSynthesisUtterance {
    const saying = new SpeechSynthesisUtterance(sentence);
    saying.lang = document.documentElement.lang;
    saying.rate = 0.9;
    return saying;
  }
}

customElements.define("read-aloud", ReadAloud);
