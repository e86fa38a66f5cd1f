// Type-ahead for long facets: values with their counts while one types; a plain form without it.

interface Values { rows: { name: string; code: string; initiatives: number }[] }

const most_offered = 8;
const pause_ms = 180;

/** Offers the facet's values below its field; choosing one sends the form with its code. */
function offer_values(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[type=search]");
  const source = form.dataset.values;
  if (!field || !source) return;
  const list = document.createElement("datalist");
  list.id = `${field.id}-values`;
  form.append(list);
  field.setAttribute("list", list.id);
  let timer = 0;
  let asked = "";
  const codes = new Map<string, string>();
  const ask = async (): Promise<void> => {
    const part = field.value.trim();
    if (part === asked || part.length < 2 || codes.has(field.value)) return;
    asked = part;
    const address = new URL(source, location.href);
    address.searchParams.set("name", part);
    try {
      const answer = await fetch(address);
      if (!answer.ok || asked !== part) return;
      const values = (await answer.json()) as Values;
      codes.clear();
      list.replaceChildren(...values.rows.slice(0, most_offered).map((row) => {
        codes.set(row.name, row.code);
        const option = document.createElement("option");
        option.value = row.name;
        option.label = `${row.name} (${row.initiatives})`;
        return option;
      }));
    } catch {
      // Without the list the field still takes names and codes.
    }
  };
  field.addEventListener("input", () => {
    window.clearTimeout(timer);
    const code = codes.get(field.value);
    if (code !== undefined) {
      field.value = code;
      form.requestSubmit();
      return;
    }
    timer = window.setTimeout(() => void ask(), pause_ms);
  });
}

export function enliven_facets(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form.typed")) offer_values(form);
}
