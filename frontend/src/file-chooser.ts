/**
 * <file-chooser>…<input type="file"></file-chooser>: says in the page's words what a browser says in its own, and names what
 * was chosen. The field lies over it unseen: pressing, keys and dropping are the browser's. Without JavaScript it is seen.
 */
class FileChooser extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", () => this.tell());
    this.tell();
  }

  /** Where a picker beside it has taken the files already, the first words stand again. */
  private tell(): void {
    const said = this.querySelector<HTMLElement>("[data-said]")!;
    said.dataset["first"] ??= said.textContent ?? "";
    const names = [...(this.querySelector<HTMLInputElement>("input[type=file]")!.files ?? [])].map((file) => file.name);
    said.textContent = names.join("、") || said.dataset["first"];
    said.classList.toggle("is-chosen", names.length > 0);
  }
}

customElements.define("file-chooser", FileChooser);
