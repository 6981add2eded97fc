// The frame of a page without a kernel: whose meeting it is, the line about saving, the way out. A phone's picture is
// made smaller here, before it is sent: many phones take larger ones than a form may bring.
import { listen } from "./dom.js";
import { filed, loaded } from "./bitmap.js";
import { frame } from "./room_draw.js";

const LONGEST_SIDE = 1600; // pixels
const SMALL_ENOUGH = 400_000; // bytes

/** A picture with at most LONGEST_SIDE pixels a side, without what the phone wrote into it; null if it cannot be shown here. */
async function shrunk(file) {
  const address = URL.createObjectURL(file);
  try {
    const image = await loaded(address);
    if (!image) return null;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await filed(canvas);
    return made && new File([made], `picture.${made.type === "image/png" ? "png" : "jpg"}`, { type: made.type });
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function shrinkIn({ target }) {
  const [file] = target.files ?? [];
  if (!file || !target.accept?.startsWith("image/") || file.size <= SMALL_ENOUGH) return;
  const { form } = target;
  form.setAttribute("aria-busy", "true"); // nothing is sent until it is smaller
  try {
    const small = await shrunk(file);
    if (!small || small.size >= file.size || target.files[0] !== file) return; // the server says what it can take
    const box = new DataTransfer();
    box.items.add(small);
    target.files = box.files;
  } finally {
    form.removeAttribute("aria-busy");
  }
}

export function guestFrame(given) {
  const view = frame(given);
  const { root, words: say, signal } = given;
  root.firstElementChild.classList.add("guest");
  listen(root, "change", signal, shrinkIn);
  return {
    ...view,
    draw(screen, named) {
      view.draw(screen, named);
      const done = view.out.querySelector(".btn span");
      if (done) done.textContent = say.im_done; // somebody may have chosen another language
    },
  };
}
