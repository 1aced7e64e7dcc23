// Fetches the next cards when the mark at the end of a list comes near the visible part.
"use strict";
const near = new IntersectionObserver(async (marks) => {
  for (const mark of marks.filter((m) => m.isIntersecting).map((m) => m.target)) {
    near.unobserve(mark);
    const answer = await fetch(mark.dataset.more);
    if (!answer.ok) continue;
    const more = document.createElement("template");
    more.innerHTML = await answer.text();
    mark.replaceWith(more.content);
    watch();
  }
}, { rootMargin: "200px" });

function watch() {
  document.querySelectorAll("[data-more]").forEach((mark) => near.observe(mark));
}

watch();
