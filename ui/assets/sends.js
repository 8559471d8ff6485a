// Gives every message its id where it is typed, and keeps it until the server says that it has it: a page that is being
// made anew may lose an event, or deliver it twice, but not what stands in its state. Messages with files go by
// Streamlit's own road; the id of an upload is theirs.
export default function ({ data, setStateValue }) {
  const sends = (window.taleboardSends ??= { waiting: [] });
  const taken = new Set(data.taken);
  sends.waiting = sends.waiting.filter((send) => !taken.has(send.id));
  const deliver = () => setStateValue("waiting", sends.waiting);
  if (sends.waiting.length) deliver();

  const send = (event) => {
    const box = event.target.closest('[data-testid="stChatInput"]');
    const area = box?.querySelector("textarea");
    if (!area?.value.trim() || area.disabled || box.querySelector('[data-testid="stFileChips"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const id = Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
    sends.waiting = [...sends.waiting, { id, text: area.value, conversation: data.conversation }];
    // What React shows changes only by an event that looks like typing.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, "");
    area.dispatchEvent(new Event("input", { bubbles: true }));
    deliver();
  };
  const onKey = (event) => {
    const plain = event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing;
    if (plain && event.target.matches("textarea")) send(event);
  };
  const onClick = (event) => {
    if (event.target.closest('[data-testid="stChatInputSubmitButton"]')) send(event);
  };
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("click", onClick, true);
  return () => {
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("click", onClick, true);
  };
}
