// The draft as a canvas. Each figure and thing is a button over the picture: drag it, or move it with the keys. What is
// let go of goes back as one edit; until the new draft is there, the thing's own sprite stays where it was put.
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP = 0.02; // of the frame, a press; with shift five times that
const STILL = 3; // pixels that a click may tremble

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".stage");
  const [draft, sprite] = root.querySelectorAll("img");
  const layer = root.querySelector(".grips");
  const tools = parentElement.querySelector(".tools");
  const adding = parentElement.querySelector(".add");
  const state = (root.state ??= { chosen: null, moving: null, stamp: null });
  const grips = new Map(data.grips.map((grip) => [grip.key, grip]));
  root.style.setProperty("--aspect", data.aspect);
  draft.alt = data.alt;

  const send = (edit) => {
    if (!data.locked) setTriggerValue("edit", edit);
  };
  const rest = () => {
    state.moving = null;
    sprite.hidden = true;
  };

  // Where the foot of something at a depth is seen, and the depth of a foot that is seen there.
  const reach = data.feet - data.horizon;
  const near = (depth) => 1 / (1 + 1.4 * depth);
  const depthAt = (y) => {
    const share = Math.min(1, Math.max(1 / 2.4, (y - data.horizon) / reach));
    return (1 / share - 1) / 1.4;
  };

  const show = (grip, x, depth, factor = 1) => {
    const from = near(grip.depth);
    const scale = (near(depth) / from) * factor;
    const [foot, now] = [data.horizon + reach * from, data.horizon + reach * near(depth)];
    sprite.src = grip.sprite;
    sprite.style.transformOrigin = `${grip.x * 100}% ${foot * 100}%`;
    sprite.style.transform = `translate(${(x - grip.x) * 100}%, ${(now - foot) * 100}%) scale(${scale})`;
    sprite.hidden = false;
  };
  const move = (grip, across, down) => {
    const x = Math.min(1, Math.max(0, grip.x + across));
    const foot = data.horizon + reach * near(grip.depth);
    state.moving = { key: grip.key, do: "place", x, depth: down ? depthAt(foot + down) : grip.depth };
    show(grip, state.moving.x, state.moving.depth);
  };
  const resize = (grip, factor) => {
    state.moving = { key: grip.key, do: "size", factor: Math.min(10, Math.max(0.1, factor)) };
    show(grip, grip.x, grip.depth, state.moving.factor);
  };
  const release = () => {
    if (state.moving) send(state.moving);
    state.moving = null;
  };
  const turned = (grip) => ({ key: grip.key, do: "turn", to: grip.facing === "left" ? "right" : "left" });

  const choose = (key) => {
    state.chosen = grips.has(key) ? key : null;
    for (const button of layer.children) button.classList.toggle("chosen", button.dataset.key === state.chosen);
    const grip = grips.get(state.chosen);
    tools.hidden = !grip || data.locked;
    if (!grip) return;
    tools.querySelector("output").textContent = grip.name;
    tools.querySelector("label").hidden = grip.kind !== "figure";
    tools.querySelector("select").value = grip.pose;
  };

  const follow = (button, key) => {
    let start = null;
    button.onpointerdown = (event) => {
      choose(key);
      if (data.locked) return;
      button.setPointerCapture(event.pointerId);
      start = { x: event.clientX, y: event.clientY, sizing: event.target.className === "corner" };
    };
    button.onpointermove = (event) => {
      if (!start) return;
      const [across, down] = [event.clientX - start.x, event.clientY - start.y];
      if (!state.moving && Math.hypot(across, down) < STILL) return;
      const grip = grips.get(key);
      const frame = layer.getBoundingClientRect();
      const tall = (grip.box[3] - grip.box[1]) * frame.height;
      if (start.sizing) resize(grip, 1 - down / tall);
      else move(grip, across / frame.width, down / frame.height);
    };
    button.onpointerup = () => {
      start = null;
      release();
    };
    button.onpointercancel = () => {
      start = null;
      rest();
    };
    button.onfocus = () => choose(key);
    button.onkeydown = (event) => {
      const grip = grips.get(key);
      const way = MOVES[event.key];
      const held = state.moving?.key === key ? state.moving : null;
      if (event.key === "Escape" && held) rest();
      else if (data.locked || event.ctrlKey || event.metaKey || event.altKey) return;
      else if (way) {
        const far = STEP * (event.shiftKey ? 5 : 1);
        state.across = (held ? state.across : 0) + way[0] * far;
        state.down = (held ? state.down : 0) + way[1] * far;
        move(grip, state.across, state.down);
      } else if (event.key === "+" || event.key === "-") {
        resize(grip, (held?.factor ?? 1) * (event.key === "+" ? 1.1 : 1 / 1.1));
      } else if (event.key === "f" || event.key === "F") send(turned(grip));
      else if (event.key === "Delete") send({ key, do: "away" });
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    button.onkeyup = release;
    button.onblur = () => {
      if (!start) release();
    };
  };

  const present = new Map([...layer.children].map((button) => [button.dataset.key, button]));
  for (const [key, button] of present) if (!grips.has(key)) button.remove();
  data.grips.forEach((grip, order) => {
    let button = present.get(grip.key);
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.dataset.key = grip.key;
      button.append(Object.assign(document.createElement("i"), { className: "corner" }));
      layer.append(button);
    }
    const [left, top, right, bottom] = grip.box.map((share) => `${share * 100}%`);
    Object.assign(button.style, {
      left,
      top,
      width: `calc(${right} - ${left})`,
      height: `calc(${bottom} - ${top})`,
      zIndex: order,
    });
    button.setAttribute("aria-label", `${grip.name}: ${data.words.grip}`);
    button.title = grip.name;
    follow(button, grip.key);
  });

  const select = tools.querySelector("select");
  if (!select.options.length) select.append(...data.poses.map((pose) => new Option(pose, pose)));
  tools.querySelector("label span").textContent = data.words.pose;
  select.onchange = () => send({ key: state.chosen, do: "pose", pose: select.value });
  for (const button of tools.querySelectorAll("button")) {
    button.textContent = data.words[button.name];
    button.onclick = () => {
      const grip = grips.get(state.chosen);
      if (button.name === "turn") send(turned(grip));
      else if (button.name === "away") send({ key: grip.key, do: "away" });
      else send({ key: grip.key, do: "size", factor: button.name === "bigger" ? 1.25 : 0.8 });
    };
  }

  const [field, list, button] = ["input", "datalist", "button"].map((name) => adding.querySelector(name));
  if (!list.children.length) list.append(...data.catalogue.map((name) => new Option(name)));
  field.placeholder = data.words.thing;
  field.setAttribute("aria-label", data.words.thing);
  button.textContent = data.words.add;
  adding.hidden = data.locked;
  adding.onsubmit = (event) => {
    event.preventDefault();
    if (field.value.trim()) send({ do: "add", what: field.value.trim() });
    field.value = "";
  };

  if (state.stamp !== data.stamp) {
    // What was let go of stays in sight until the browser has the draft that shows it.
    state.stamp = data.stamp;
    const next = new Image();
    next.onload = () => {
      draft.src = data.src;
      if (!state.moving) rest();
    };
    next.src = data.src;
  }
  // The page may have made this anew while the reply came; who was held is held on to.
  const held = [...layer.children].find((button) => button.dataset.key === (state.chosen ?? data.held));
  if (held && state.chosen === null) held.focus({ preventScroll: true });
  choose(held ? held.dataset.key : null);
}
