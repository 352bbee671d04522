// <search-field data-suggest="/tim/goi-y">: suggestions below the search field, moved through by arrow keys.
class SearchField extends HTMLElement {
  static count = 0;

  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = Object.assign(document.createElement("ul"), { className: "suggest__list", id: `suggest-${++SearchField.count}`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label);
    this.append(this.list);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(combobox)) this.input.setAttribute(name, value);
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), 160);
    });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.addEventListener("focusout", (event) => this.contains(event.relatedTarget) || this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  async ask() {
    const q = this.input.value.trim();
    this.request?.abort();
    if (q.length < 2) return this.close();
    this.request = new AbortController();
    try {
      const answer = await fetch(`${this.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal: this.request.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return this.close();
      const data = await answer.json();
      this.show(Array.isArray(data) ? data : data.suggestions ?? data.results ?? []);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(found) {
    this.list.replaceChildren(...found.slice(0, 7).map((entry, index) => {
      const option = Object.assign(document.createElement("li"), { className: "suggest__option", id: `${this.list.id}-${index}` });
      option.setAttribute("role", "option");
      option.dataset.url = entry.url ?? "";
      option.append(entry.text ?? entry.name ?? entry.title ?? String(entry));
      const kind = entry.kind_label ?? entry.note;
      if (kind) option.append(Object.assign(document.createElement("span"), { className: "small soft", textContent: kind }));
      return option;
    }));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.mark(-1);
  }

  mark(index) {
    this.index = index;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", this.list.children[index].id);
  }

  onKey(event) {
    if (this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = this.list.children.length;
    if (step) this.mark((this.index + step + count + (this.index < 0 && step < 0 ? 1 : 0)) % count);
    else if (event.key === "Enter" && this.index >= 0) this.open(this.list.children[this.index]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  open(option) {
    if (!option) return;
    if (option.dataset.url) return location.assign(option.dataset.url);
    this.input.value = option.firstChild.textContent;
    this.querySelector("form").requestSubmit();
  }

  close() {
    this.request?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }
}
customElements.define("search-field", SearchField);
