// Line icons, 24 × 24, stroke 1.7: each is one `d`. Icons stand beside words, never instead of them.

const icons = {
  arrow: "M5 12h14M13 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  bell: "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4",
  bookmark: "M6 4h12v17l-6-4-6 4z",
  box: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  check: "M5 12.5l4.5 4.5L19 7.5",
  chevron: "M6 9l6 6 6-6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  cross: "M6 6l12 12M18 6L6 18",
  download: "M12 4v11M7 11l5 5 5-5M4 16v4h16v-4",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  eye: "M3 12c2-4 5.500-6 9-6s7 2 9 6c-2 4-5.500 6-9 6s-7-2-9-6zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  "eye-off": "M4 4l16 16M10 6.2A10 10 0 0 1 21 12a14 14 0 0 1-2.5 3.2M6.500 7.500A14 14 0 0 0 3 12a10 10 0 0 0 12.500 5.200M10 10a3 3 0 0 0 4 4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  flag: "M5 21V4M5 4h13l-3 4.500 3 4.500H5",
  gift: "M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-4 0-5-4-2.500-4S12 7 12 7c0 0 0-4 2.500-4S16 7 12 7",
  heart: "M12 20C5 15 3 12 3 8.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 9 1.500C21 12 19 15 12 20z",
  home: "M4 11l8-7 8 7v9H4zM10 20v-6h4v6",
  hourglass: "M7 3h10M7 21h10M8 3v4l4 5-4 5v4M16 3v4l-4 5 4 5v4",
  key: "M14 10a4 4 0 1 1-2.800-3.800M12.500 11.500L20 19v2h-3v-2h-2v-2h-1.500z",
  list: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  lock: "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3",
  map: "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
  menu: "M4 7h16M4 12h16M4 17h16",
  minus: "M5 12h14",
  moon: "M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z",
  phone: "M6 3h4l1.500 5L9 10a12 12 0 0 0 5 5l2-2.500 5 1.500v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2z",
  pin: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z",
  plus: "M12 5v14M5 12h14",
  proof: "M12 3l2.200 1.600 2.700-.2 1 2.500 2.300 1.400-.6 2.700.6 2.700-2.300 1.400-1 2.500-2.700-.2L12 21l-2.200-1.600-2.700.2-1-2.500L3.800 15.700l.6-2.700-.6-2.700 2.300-1.400 1-2.500 2.700.2zM8.500 12.300l2.500 2.400 4.500-4.800",
  receipt: "M5 3l2 1.500L9.500 3 12 4.500 14.500 3 17 4.500 19 3v18l-2-1.500L14.500 21 12 19.500 9.500 21 7 19.500 5 21zM9 9h6M9 13h6",
  repeat: "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5",
  shield: "M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM8.500 12l2.500 2.500L15.500 10",
  state: "M3 9l9-5 9 5zM5 9v9M10 9v9M14 9v9M19 9v9M3 20h18",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2",
  truck: "M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4 3.500-6 8-6s8 2 8 6",
  warning: "M12 4L2.500 20h19zM12 10v5M12 17.500v.5",
  wind: "M3 9h10a2.500 2.500 0 1 0-2.500-2.500M3 13h15a3 3 0 1 1-3 3M3 17h7a2 2 0 1 1-2 2",
};

export function iconSymbols() {
  return Object.entries(icons)
    .map(
      ([name, d]) =>
        `<symbol id="${name}" viewBox="0 0 24 24"><path d="${d}" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></symbol>`,
    )
    .join("");
}
