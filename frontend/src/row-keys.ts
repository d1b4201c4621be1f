import { isTyping } from "./desk-keys";

/** <row-keys><ol class="rows">…</ol></row-keys>: j and k walk the rows; Enter follows the one in focus, being a link. */
class RowKeys extends HTMLElement {
  private readonly heard = (event: KeyboardEvent): void => this.hear(event);

  connectedCallback(): void {
    document.addEventListener("keydown", this.heard);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.heard);
  }

  private hear(event: KeyboardEvent): void {
    const by = { j: 1, k: -1 }[event.key];
    if (!by || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...this.querySelectorAll<HTMLAnchorElement>("a.row-link")];
    const here = links.indexOf(document.activeElement as HTMLAnchorElement);
    const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1);
    event.preventDefault();
    links[next]?.focus();
    links[next]?.scrollIntoView({ block: "nearest" });
  }
}

customElements.define("row-keys", RowKeys);
