/** <desk-keys data-help="/console/help/">: `/` goes to the search, `?` to the keys, Ctrl+Enter sends the form one is in. */
class DeskKeys extends HTMLElement {
  private readonly heard = (event: KeyboardEvent): void => this.hear(event);

  connectedCallback(): void {
    document.addEventListener("keydown", this.heard);
    for (const here of document.querySelectorAll<HTMLElement>(".desk-nav [aria-current], .tabs [aria-current]")) {
      here.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" }); // on a phone the bar is longer than the page is wide
    }
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.heard);
  }

  private hear(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.send(event);
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") this.search(event);
    if (event.key === "?") location.assign(this.dataset["help"] ?? "");
  }

  private send(event: KeyboardEvent): void {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-send]") : null;
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector<HTMLButtonElement>("button.btn-primary"));
  }

  private search(event: KeyboardEvent): void {
    const field = document.querySelector<HTMLElement>("[data-search]:not(desk-keys)");
    if (!field) return;
    event.preventDefault();
    field.focus();
  }
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches("input:not([type=checkbox], [type=radio]), textarea, select") || target.isContentEditable);
}

customElements.define("desk-keys", DeskKeys);
