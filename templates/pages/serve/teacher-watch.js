// The teacher's desk: when its visit is over (nobody was there for a while, or a child has come in at this browser),
// nothing of it stays on the screen. Asking does not prolong the visit. A server that does not answer is no reason to go.
(() => {
  const EVERY = 15000; // ms
  const look = async () => {
    try {
      const { status } = await fetch("/teacher/here", { cache: "no-store" });
      if (status === 403) location.replace("/teacher");
    } catch { /* away: the desk itself says so */ }
  };
  setInterval(look, EVERY);
  addEventListener("pageshow", look);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
})();
