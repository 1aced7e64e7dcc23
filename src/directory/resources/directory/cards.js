// Reads all cards that stand in the page, in one go, so that none of them changes meanwhile.
//   kind: "categories" or "streams"
//   scroll: also brings the last card into view, which makes the page fetch more
//   seen: instead of the cards, whether there is one about something else than these paths
({ kind, scroll, seen }) => {
  const links = {
    categories: 'a[href*="/directory/category/"]',
    streams: ['image', 'title', 'channel'].map((part) => `a[data-a-target="preview-card-${part}-link"]`).join(','),
  }[kind];
  const main = {
    categories: 'a[data-a-target="tw-box-art-card-link"]',
    streams: 'a[data-a-target="preview-card-image-link"]',
  }[kind];

  const path = (link) => new URL(link.href, document.baseURI).pathname;
  const text = (element) => element.textContent.trim();

  // The nearest element that is called a card; else the largest around the link that holds no second one.
  const cardOf = (link) => {
    let card = link.closest('article, .game-card, [data-target$="card-container"], [data-target$="card_container"]');
    if (card) return card;
    card = link;
    for (let level = 0; level < 8 && card.parentElement; level++) {
      if (card.parentElement.querySelectorAll(main).length > 1) break;
      card = card.parentElement;
    }
    return card;
  };

  // Where the number of viewers is marked as such, that; else whatever begins with a digit and is no heading, tag or title.
  const counts = (card) => {
    const marked = [...card.querySelectorAll('.viewers, .tw-media-card-stat')].map(text);
    if (marked.length) return marked;
    return [...card.querySelectorAll('p, span, div, a')]
      .filter((one) => !one.childElementCount && /^\d/.test(text(one)) && !one.closest('h1, h2, h3, h4, button, .tw-tag'))
      .map(text);
  };

  const read = (link) => {
    const card = cardOf(link);
    const heading = card.querySelector('h2, h3, h4');
    const image = card.querySelector('img.tw-image') || card.querySelector('img');
    return {
      links: [...new Set([...card.querySelectorAll(links)].map(path).concat(path(link)))],
      title: heading && (heading.getAttribute('title') ?? text(heading)),
      counts: counts(card),
      tags: [...new Set([...card.querySelectorAll('.tw-tag')].map(text).filter((tag) => tag))],
      image: image ? image.src : '',
    };
  };

  const all = [...document.querySelectorAll(main)];
  if (seen) return all.some((link) => !seen.includes(path(link)));
  const cards = all.map(read);
  if (scroll && all.length) cardOf(all[all.length - 1]).scrollIntoView({ block: 'end' });
  return cards;
}
