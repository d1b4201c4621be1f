import { isTyping } from "./desk-keys";

/**
 * <row-keys><ol class="rows">…</ol></row-keys>: j and k walk the rows, x chooses the one in focus where it can be chosen;
 * Enter follows it, being a link.
 */
class RowKeys extends HTMLElement {
  private readonly heard = (event: KeyboardEvent): void => this.hear(event);

  connectedCallback(): void {
    document.addEventListener("keydown", this.heard);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.heard);
  }

  private hear(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { j: 1, k: -1 }[event.key];
    if (by) this.walk(event, by);
    if (event.key === "x") this.choose(event);
  }

  private walk(event: KeyboardEvent, by: number): void {
    const links = [...this.querySelectorAll<HTMLAnchorElement>("a.row-link")];
    const here = links.findIndex((link) => link.parentElement?.contains(document.activeElement));
    const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1);
    event.preventDefault();
    links[next]?.focus();
    links[next]?.scrollIntoView({ block: "nearest" });
  }

  private choose(event: KeyboardEvent): void {
    const row = document.activeElement?.closest("li");
    const box = row && this.contains(row) ? row.querySelector<HTMLInputElement>(".row-pick input") : null;
    if (!box) return;
    event.preventDefault();
    box.click();
  }
}

customElements.define("row-keys", RowKeys);
