/**
 * <file-picker data-begin="/report/files/" data-wait="…" …>: sends chosen files at once, piece by piece, and goes on where
 * a bad connection broke off. Without JavaScript the file field inside is sent with the form like any other.
 */
interface Told {
  id?: string;
  offset?: number;
  error?: string;
  file?: { name: string; about: string; small: string; waits_at: string };
}

const PIECE = 256 * 1024;
const TRIES = 7;
const seconds = (count: number): Promise<void> => new Promise((done) => setTimeout(done, count * 1000));

class FilePicker extends HTMLElement {
  private input!: HTMLInputElement;
  private list!: HTMLElement;
  private going = 0;

  connectedCallback(): void {
    this.input = this.querySelector<HTMLInputElement>("input[type=file]")!;
    this.list = this.querySelector<HTMLElement>(".tray-files")!;
    this.input.addEventListener("change", () => this.take(this.input));
    this.list.addEventListener("click", (event) => void this.press(event));
    this.input.form?.addEventListener("submit", (event) => this.hold(event), { capture: true });
    this.offerCamera();
  }

  /** Where a thumb points, offer the camera itself; the field beside it offers what is stored. */
  private offerCamera(): void {
    const button = this.querySelector<HTMLButtonElement>("[data-camera]");
    if (!button || !matchMedia("(pointer: coarse)").matches) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      const camera = Object.assign(document.createElement("input"), { type: "file", accept: "image/jpeg" });
      camera.setAttribute("capture", "environment");
      camera.addEventListener("change", () => this.take(camera));
      camera.click();
    });
  }

  /** A form is not sent while its files are on their way: they would stay behind. */
  private hold(event: Event): void {
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (!this.going || button?.name === "drop") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.say(this.dataset["wait"] ?? "");
  }

  private take(from: HTMLInputElement): void {
    const files = [...(from.files ?? [])];
    from.value = "";
    for (const file of files) void this.bring(file, this.row(file));
  }

  private async bring(file: File, row: HTMLElement): Promise<void> {
    this.going += 1;
    this.say("");
    try {
      const told = await this.send(file, row);
      if (told.file) this.show(row, told.file);
      else if (row.isConnected) this.fail(row, told.error ?? this.dataset["failed"] ?? "");
    } finally {
      this.going -= 1;
      if (!this.going) this.say("");
    }
  }

  /** Sends what is missing until the server says it has a file, or why not. */
  private async send(file: File, row: HTMLElement): Promise<Told> {
    const key = `file ${this.basket} ${file.name} ${file.size} ${file.lastModified}`;
    let told: Told = this.known(key);
    let furthest = -1;
    for (let tries = 0; tries < TRIES && row.isConnected && !told.file && !told.error; ) {
      told = told.id ? await this.piece(file, told, row) : await this.begin(file, key);
      if (told.offset === undefined && !told.file && !told.error) await seconds(2 ** tries++);
      if ((told.offset ?? -1) <= furthest) continue;
      furthest = told.offset!;
      tries = 0;
    }
    if (told.file || told.error) sessionStorage.removeItem(key);
    return told;
  }

  /** What this tab began before: after a reload the same file goes on where it stopped. */
  private known(key: string): Told {
    const id = sessionStorage.getItem(key);
    return id ? { id } : {};
  }

  private async begin(file: File, key: string): Promise<Told> {
    const body = new FormData();
    for (const [name, value] of [["name", file.name], ["size", String(file.size)], ["basket", this.basket], ["county", this.value("county")]] as const)
      body.append(name, value);
    const told = await this.ask("POST", this.dataset["begin"] ?? "", body);
    if (told.id) sessionStorage.setItem(key, told.id);
    return told;
  }

  /** One piece more; without a known place the server is asked first. A 404 begins anew. */
  private async piece(file: File, told: Told, row: HTMLElement): Promise<Told> {
    const address = `${this.dataset["begin"]}${told.id}/`;
    row.dataset["arriving"] = address;
    const here = told.offset;
    const answer =
      here === undefined
        ? await this.ask("GET", address)
        : await this.ask("PATCH", address, file.slice(here, here + PIECE), { "Upload-Offset": String(here) });
    if (answer.offset !== undefined) row.querySelector("progress")!.value = answer.offset / file.size;
    return answer.id === "" ? {} : { id: told.id!, ...answer };
  }

  /** Asks the server; silence is an empty answer, to be asked again. */
  private async ask(method: string, address: string, body?: BodyInit, more: Record<string, string> = {}): Promise<Told> {
    try {
      const headers = { "X-CSRFToken": this.value("csrfmiddlewaretoken"), ...more };
      const response = await fetch(address, { method, headers, ...(body ? { body } : {}) });
      if (response.status === 404) return { id: "" };
      if (response.status >= 500) return {};
      return (await response.json()) as Told;
    } catch {
      return {};
    }
  }

  private async press(event: Event): Promise<void> {
    const button = (event.target as Element).closest<HTMLButtonElement>("button");
    const row = button?.closest<HTMLElement>("li");
    if (!row) return;
    event.preventDefault();
    row.remove();
    this.input.focus();
    const address = row.dataset["waitsAt"] || row.dataset["arriving"];
    if (address) await this.ask("DELETE", address);
  }

  private row(file: File): HTMLElement {
    const template = this.querySelector<HTMLTemplateElement>("template")!;
    const row = (template.content.cloneNode(true) as DocumentFragment).querySelector<HTMLElement>("li")!;
    row.querySelector("[data-name]")!.textContent = file.name;
    row.querySelector("button")!.setAttribute("aria-label", `${row.querySelector("button")!.textContent?.trim()} ${file.name}`);
    this.list.append(row);
    return row;
  }

  private show(row: HTMLElement, file: NonNullable<Told["file"]>): void {
    row.dataset["waitsAt"] = file.waits_at;
    row.querySelector("progress")?.remove();
    row.querySelector("[data-name]")!.textContent = file.name;
    row.querySelector("[data-about]")!.textContent = file.about;
    if (file.small) row.querySelector(".icon")?.replaceWith(Object.assign(new Image(), { src: file.small, alt: "" }));
  }

  private fail(row: HTMLElement, words: string): void {
    row.classList.add("is-refused");
    row.querySelector("progress")?.remove();
    row.querySelector("[data-about]")!.textContent = words;
    this.say(words);
  }

  private say(words: string): void {
    this.querySelector("[role=status]")!.textContent = words;
  }

  private get basket(): string {
    return this.value("basket");
  }

  private value(name: string): string {
    return this.input.form?.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? "";
  }
}

customElements.define("file-picker", FilePicker);
