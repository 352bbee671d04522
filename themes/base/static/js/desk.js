// The listing form on a phone: photos are made small and sent at once, tried again when the signal is gone;
// shelf life and storage are filled in by the kind of goods; what was typed is kept on this phone.
const form = document.querySelector("[data-listing]");
const LONGEST = 1600;
const MOST = 6;
const KEY = `desk-draft:${location.pathname}`;

async function small(file) {
  // HEIC and whatever this browser can't draw go as they are; the server reads them.
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(image.width, image.height));
    if (scale === 1 && file.size < 400000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.82));
  } catch {
    return file;
  }
}

async function send(file) {
  const body = new FormData();
  body.append("photo", await small(file), "photo.jpg");
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (let wait = 1000; ; wait = Math.min(wait * 2, 15000)) {
    try {
      const reply = await fetch(form.dataset.photoUrl, { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await reply.json();
      if (reply.ok) return answer;
      if (reply.status < 500) throw new Error(answer.message);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    say(form.dataset.failed);
    await new Promise((done) => setTimeout(done, wait));
  }
}

function say(text) {
  const place = form.querySelector("[data-photo-state]");
  place.hidden = !text;
  place.textContent = text ?? "";
}

function slot(file) {
  const item = document.createElement("li");
  item.className = "photos__slot photos__slot--done";
  item.setAttribute("aria-busy", "true");
  const image = document.createElement("img");
  image.alt = "";
  image.src = URL.createObjectURL(file);
  item.append(image);
  form.querySelector("[data-photo-slot]").before(item);
  return item;
}

let sending = 0;
async function take(file) {
  const item = slot(file);
  sending += 1;
  try {
    const answer = await send(file);
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "photo", value: answer.token });
    item.append(field);
    item.removeAttribute("aria-busy");
    say(form.dataset.done);
  } catch (error) {
    item.remove();
    say(error.message);
  }
  sending -= 1;
  full();
}

function full() {
  form.querySelector("[data-photo-slot]").hidden = form.querySelectorAll(".photos__slot--done").length >= MOST;
}

function prefill() {
  const all = JSON.parse(document.querySelector("#prefills").textContent);
  form.elements.set_number.addEventListener("change", ({ target }) => {
    for (const [name, value] of Object.entries(all[target.value] ?? {})) {
      const field = form.elements[name];
      if (field && (!field.value || field.dataset.own !== "1")) field.value = value;
    }
  });
  for (const name of ["shelf_life_days", "storage"]) {
    form.elements[name]?.addEventListener("input", ({ target }) => { target.dataset.own = "1"; });
  }
}

function keep() {
  const names = [...form.elements].filter((f) => f.name && !["hidden", "file", "submit"].includes(f.type)).map((f) => f.name);
  try {
    const old = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (old && !form.querySelector("[aria-invalid]")) for (const name of names) if (old[name] && !form.elements[name].value) form.elements[name].value = old[name];
    form.addEventListener("input", () => localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(names.map((n) => [n, form.elements[n].value])))));
    form.addEventListener("submit", () => localStorage.removeItem(KEY));
    form.querySelector("[data-kept]").hidden = false;
  } catch { /* storage is off: nothing is kept */ }
}

if (form) {
  const input = form.querySelector("[data-photo-input]");
  input.addEventListener("change", () => {
    const files = [...input.files].slice(0, MOST - form.querySelectorAll(".photos__slot--done").length);
    input.value = "";
    files.forEach(take);
  });
  form.addEventListener("click", ({ target }) => {
    if (target.closest("[data-drop]")) { target.closest("li").remove(); full(); }
  });
  form.addEventListener("submit", (event) => {
    if (sending) { event.preventDefault(); say(form.dataset.failed); }
  });
  prefill();
  keep();
  full();
}
