/**
 * <region-picker grids="/places/grids/" township-label="…" village-label="…">…a field with one grouped select, a second for
 * grids…</region-picker>
 * Splits one long grouped list into two short ones; the long one stays the form's answer, and stays alone without JavaScript.
 * Where the village chosen has grids, they are fetched and offered below it.
 */
export class RegionPicker extends HTMLElement {
  private asked = 0;

  connectedCallback(): void {
    const whole = this.querySelector("select");
    if (!whole || whole.querySelectorAll("optgroup").length < 2) return;
    const township = this.list(whole, "township");
    const village = this.list(whole, "village");
    township.append(...[...whole.children].map((child, place) => this.entry(child, place)));
    township.addEventListener("change", () => this.fill(whole, township, village, 0));
    village.addEventListener("change", () => {
      whole.value = village.value;
      void this.grids(whole.value);
    });
    township.addEventListener("change", () => void this.grids(whole.value));
    this.start(whole, township, village);
    whole.hidden = true;
    this.querySelector(`label[for="${whole.id}"]`)?.setAttribute("hidden", "");
  }

  /** Chooses a place, and a grid in it, from outside. */
  async choose(region: string, grid: string): Promise<void> {
    const whole = this.querySelector<HTMLSelectElement>("select[name=region]");
    if (!whole) return;
    whole.value = region;
    const [township, village] = ["township", "village"].map((name) =>
      this.querySelector<HTMLSelectElement>(`#${whole.id}_${name}`),
    );
    if (township && village) this.start(whole, township, village);
    await this.grids(region);
    const list = this.querySelector<HTMLSelectElement>("select[name=grid]");
    if (list && grid) list.value = grid;
  }

  /** Shows what the long list holds already, so that going back finds it again. */
  private start(whole: HTMLSelectElement, township: HTMLSelectElement, village: HTMLSelectElement): void {
    const chosen = whole.selectedOptions[0];
    const group = chosen?.parentElement instanceof HTMLOptGroupElement ? chosen.parentElement : chosen;
    township.selectedIndex = group ? [...whole.children].indexOf(group) : 0;
    this.fill(whole, township, village, group instanceof HTMLOptGroupElement && chosen ? [...group.children].indexOf(chosen) : 0);
  }

  private fill(whole: HTMLSelectElement, township: HTMLSelectElement, village: HTMLSelectElement, at: number): void {
    const child = whole.children[township.selectedIndex];
    const group = child instanceof HTMLOptGroupElement ? child : null;
    village.replaceChildren(...(group ? [...group.children].map((option) => option.cloneNode(true)) : []));
    village.selectedIndex = group ? at : -1;
    village.parentElement?.toggleAttribute("hidden", !group);
    whole.value = group ? village.value : (child as HTMLOptionElement).value;
  }

  /** Fetches the grids of a place; without any, or without a connection, the question is not asked. An answer about a place
   * left behind meanwhile is not heard. */
  private async grids(code: string): Promise<void> {
    const part = this.querySelector<HTMLElement>(".grid-field");
    const list = part?.querySelector("select");
    if (!part || !list) return;
    list.replaceChildren();
    part.hidden = true;
    this.ariaBusy = "true"; // what stands below will move
    const turn = ++this.asked;
    const address = `${this.getAttribute("grids") ?? ""}?region=${encodeURIComponent(code)}`;
    const answer = await fetch(address).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (turn !== this.asked) return;
    const lines = document.createElement("template");
    lines.innerHTML = text;
    list.replaceChildren(...lines.content.querySelectorAll("option"));
    part.hidden = list.options.length === 0;
    this.ariaBusy = null;
  }

  private entry(child: Element, place: number): HTMLOptionElement {
    return new Option(child instanceof HTMLOptGroupElement ? child.label : (child.textContent ?? ""), String(place));
  }

  private list(whole: HTMLSelectElement, name: string): HTMLSelectElement {
    const field = document.createElement("div");
    field.className = "field";
    const label = document.createElement("label");
    label.className = "field-label";
    label.textContent = this.getAttribute(`${name}-label`);
    label.htmlFor = `${whole.id}_${name}`;
    const select = document.createElement("select");
    select.id = label.htmlFor;
    for (const link of ["aria-describedby", "aria-invalid"]) {
      const value = whole.getAttribute(link);
      if (value) select.setAttribute(link, value);
    }
    field.append(label, select);
    whole.before(field);
    return select;
  }
}

customElements.define("region-picker", RegionPicker);
