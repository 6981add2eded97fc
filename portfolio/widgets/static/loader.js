// The `_esm` of every widget of ours. It is small on purpose: anywidget gives a module two seconds to
// start, and evaluates it anew for each widget. The real code comes once per page, from the kit.
const PAGE = Symbol.for("portfolio.kit");

async function code(kit) {
  const source = kit.get("source");
  const known = (globalThis[PAGE] ??= new Map());
  if (!known.has(source)) {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    known.set(source, import(address).finally(() => URL.revokeObjectURL(address)));
  }
  return known.get(source);
}

export default {
  async render({ model, el }) {
    const kit = await model.widget_manager.get_model(model.get("kit").replace("IPY_MODEL_", ""));
    const parts = await code(kit);
    return parts.show(model.get("shows"), { model, el, kit });
  },
};
