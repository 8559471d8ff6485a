// Shows two pictures over each other. Every value from the server is set as an attribute, none as markup.
export default function ({ data, parentElement }) {
  const pair = parentElement.querySelector(".pair");
  const range = pair.querySelector("input");
  pair.style.setProperty("--aspect", data.aspect);
  for (const side of ["before", "after"]) {
    const picture = pair.querySelector("." + side);
    if (picture.getAttribute("src") !== data[side]) picture.src = data[side];
    picture.alt = data[side + "Alt"];
  }
  range.setAttribute("aria-label", data.label);
  const move = () => pair.style.setProperty("--at", range.value + "%");
  range.addEventListener("input", move);
  move();
  pair.hidden = false;
  return () => range.removeEventListener("input", move);
}
