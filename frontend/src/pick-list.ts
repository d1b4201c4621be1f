/**
 * <pick-list placeholder="…" none="…"><select>…</select></pick-list>: choosing by typing. The select stays and is what is
 * sent; without JavaScript it is simply there. Several may be chosen where the select is multiple.
 */
interface Line {
  option: HTMLOptionElement;
  group: string;
  words: string;
}

const MOST = 60;
let count = 0;

class PickList extends HTMLElement {
  private select!: HTMLSelectElement;
  private input!: HTMLInputElement;
  private list!: HTMLUListElement;
  private chosen!: HTMLUListElement;
  private lines: Line[] = [];
  private shown: Line[] = [];
  private at = -1;

  connectedCallback(): void {
    const select = this.querySelector("select");
    if (!select || this.input) return;
    this.select = select;
    this.lines = [...select.options].filter((option) => option.value).map(lineOf);
    this.build();
    this.showChosen();
  }

  private build(): void {
    const id = `pick-${++count}`;
    this.list = element("ul", { id, role: "listbox", class: "pick-options" });
    this.list.hidden = true;
    this.chosen = element("ul", { class: "pick-chosen" });
    this.input = element("input", {
      type: "text", role: "combobox", autocomplete: "off", "aria-expanded": "false", "aria-controls": id,
      "aria-autocomplete": "list", placeholder: this.getAttribute("placeholder") ?? "", id: `${this.select.id}_typed`,
    });
    const described = this.select.getAttribute("aria-describedby");
    if (described) this.input.setAttribute("aria-describedby", described);
    if (this.select.ariaInvalid) this.input.ariaInvalid = this.select.ariaInvalid;
    this.list.setAttribute("aria-label", this.label()?.textContent?.trim() ?? "");
    this.label()?.setAttribute("for", this.input.id);
    document.querySelectorAll(`a[href="#${this.select.id}"]`).forEach((fault) => fault.setAttribute("href", `#${this.input.id}`));
    const accessKey = this.select.getAttribute("accesskey");
    if (accessKey) this.input.accessKey = accessKey;
    this.select.hidden = true;
    this.select.insertAdjacentElement("afterend", this.input);
    this.input.insertAdjacentElement("afterend", this.list);
    if (this.select.multiple) this.list.insertAdjacentElement("afterend", this.chosen);
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("blur", () => this.close());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("mousedown", (event) => this.press(event));
    this.select.addEventListener("change", () => this.showChosen());
  }

  private label(): HTMLLabelElement | null {
    return document.querySelector(`label[for="${this.select.id}"]`);
  }

  private open(): void {
    const typed = this.isPristine() ? [] : this.input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    this.shown = this.lines.filter((line) => typed.every((word) => line.words.includes(word))).slice(0, MOST);
    this.at = typed.length && this.shown.length ? 0 : -1;
    this.draw();
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  private isPristine(): boolean {
    const option = this.select.multiple ? undefined : this.select.selectedOptions[0];
    return Boolean(option?.value) && this.input.value === option?.text;
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (!this.select.multiple && !this.input.value.trim()) this.choose(undefined);
    this.showChosen();
  }

  private draw(): void {
    let group = "";
    const rows = this.shown.flatMap((line, place) => {
      const row = element("li", { role: "option", id: `${this.list.id}-${place}`, class: "pick-option" });
      row.textContent = line.option.text;
      row.setAttribute("aria-selected", String(place === this.at));
      const head = line.group && line.group !== group ? [headOf(line.group)] : [];
      group = line.group;
      return [...head, row];
    });
    if (!rows.length) rows.push(headOf(this.getAttribute("none") ?? "—"));
    this.list.replaceChildren(...rows);
    this.mark();
  }

  private mark(): void {
    const rows = [...this.list.querySelectorAll<HTMLElement>(".pick-option")];
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === this.at)));
    const row = rows[this.at];
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.input.setAttribute("aria-activedescendant", row.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape") return this.close();
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) return this.take(event);
    if (event.key === "Tab" && !this.list.hidden && this.at >= 0) this.choose(this.shown[this.at]);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    if (this.list.hidden) this.open();
    this.at = Math.min(Math.max(this.at + by, 0), this.shown.length - 1);
    this.mark();
  }

  private take(event: KeyboardEvent): void {
    event.preventDefault();
    if (this.list.hidden || this.at < 0) return;
    this.choose(this.shown[this.at]);
    this.close();
  }

  private press(event: MouseEvent): void {
    event.preventDefault();
    const row = (event.target as Element).closest<HTMLElement>(".pick-option");
    if (!row) return;
    this.choose(this.shown[Number(row.id.split("-").pop())]);
    this.close();
  }

  private choose(line: Line | undefined): void {
    if (this.select.multiple) {
      if (line) line.option.selected = true;
      this.input.value = "";
    } else {
      this.select.value = line?.option.value ?? "";
    }
    this.showChosen();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private showChosen(): void {
    if (!this.select.multiple) {
      const option = this.select.selectedOptions[0];
      this.input.value = option?.value ? option.text : "";
      return;
    }
    this.chosen.replaceChildren(...[...this.select.selectedOptions].map((option) => this.chip(option)));
  }

  private chip(option: HTMLOptionElement): HTMLLIElement {
    const button = element("button", { type: "button", class: "pick-chip" });
    button.textContent = `${option.text} ×`;
    button.addEventListener("click", () => {
      option.selected = false;
      this.showChosen();
    });
    const row = element("li", {});
    row.append(button);
    return row;
  }
}

function lineOf(option: HTMLOptionElement): Line {
  const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement.label : "";
  return { option, group, words: `${group} ${option.text}`.toLowerCase() };
}

function headOf(words: string): HTMLLIElement {
  const head = element("li", { role: "presentation", class: "pick-group" });
  head.textContent = words;
  return head;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

customElements.define("pick-list", PickList);
