// A brush over a picture. What is painted goes back as a PNG: white where to repaint, black elsewhere.
export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".paint");
  const picture = root.querySelector("img");
  const canvas = root.querySelector("canvas");
  const clear = parentElement.querySelector("button");
  const brush = canvas.getContext("2d");
  if (picture.getAttribute("src") !== data.src) {
    picture.src = data.src;
    canvas.width = data.width;
    canvas.height = data.height;
  }
  picture.alt = data.alt;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.label);
  clear.textContent = data.clear;
  root.style.setProperty("--aspect", `${data.width} / ${data.height}`);

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * canvas.width, ((event.clientY - box.top) / box.height) * canvas.height];
  };
  const stroke = (from, to) => {
    brush.strokeStyle = "#fff";
    brush.lineCap = "round";
    brush.lineWidth = canvas.width / 8;
    brush.beginPath();
    brush.moveTo(...from);
    brush.lineTo(...to);
    brush.stroke();
  };
  const mask = () => {
    const whole = document.createElement("canvas");
    whole.width = canvas.width;
    whole.height = canvas.height;
    const sheet = whole.getContext("2d");
    sheet.fillStyle = "#000";
    sheet.fillRect(0, 0, whole.width, whole.height);
    sheet.drawImage(canvas, 0, 0);
    return whole.toDataURL("image/png");
  };
  let last = null;
  canvas.onpointerdown = (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = place(event);
    stroke(last, last);
  };
  canvas.onpointermove = (event) => {
    if (last === null) return;
    const here = place(event);
    stroke(last, here);
    last = here;
  };
  canvas.onpointerup = () => {
    if (last === null) return;
    last = null;
    setStateValue("mask", mask());
  };
  clear.onclick = () => {
    brush.clearRect(0, 0, canvas.width, canvas.height);
    setStateValue("mask", null);
  };
}
