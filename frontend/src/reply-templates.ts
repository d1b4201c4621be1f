/**
 * <reply-templates for="id_text"><details>… <li><button hidden>Name</button><strong data-name>Name</strong><p>Words</p></li> …
 * Puts the words of a template into the box and selects the first blank 【填：…】. Without JavaScript the words can be read.
 */
const BLANK = /【填[^】]*】/;

class ReplyTemplates extends HTMLElement {
  connectedCallback(): void {
    const box = document.getElementById(this.getAttribute("for") ?? "");
    if (!(box instanceof HTMLTextAreaElement)) return;
    for (const row of this.querySelectorAll("li")) {
      const button = row.querySelector("button");
      row.querySelector("[data-name]")?.remove();
      if (!button) continue;
      button.hidden = false;
      button.addEventListener("click", () => this.begin(box, row.querySelector("p")?.textContent ?? ""));
    }
  }

  private begin(box: HTMLTextAreaElement, words: string): void {
    const said = box.value.trimEnd();
    const start = said ? said.length + 1 : 0;
    box.value = said ? `${said}\n${words}` : words;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    this.querySelector("details")?.removeAttribute("open");
    const blank = BLANK.exec(words);
    box.focus();
    if (blank) box.setSelectionRange(start + blank.index, start + blank.index + blank[0].length);
  }
}

customElements.define("reply-templates", ReplyTemplates);
