extension Browser {
    /// What is asked of each page once it has been laid out.
    ///
    /// A character that no font has is drawn as the box that stands for missing ones. So each is drawn by itself in the font
    /// that its text has, and compared dot by dot with two code points that mean nothing and that no font can have.
    static let probe = #"""
        "use strict";
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 48;
        const pen = canvas.getContext("2d", { willReadFrequently: true });
        const draw = (font, character) => {
          pen.clearRect(0, 0, 48, 48);
          pen.font = font;
          pen.fillText(character, 8, 34);
          return new Uint32Array(pen.getImageData(0, 0, 48, 48).data.buffer).join();
        };
        const numbers = (color) => (color.match(/[\d.]+/g) || ["0", "0", "0", "0"]).map(Number);
        const luminance = ([red, green, blue]) => {
          const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
          return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
        };
        const contrast = (one, other) => {
          const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
        };
        const look = (frame) => {
          const [page, view] = [frame.contentDocument, frame.contentWindow];
          const found = { wide: new Set(), faint: new Set(), missing: new Set(), overlapping: new Set() };
          const named = (box) => (box.localName + (box.id ? "#" + box.id : box.classList.length ? "." + box.classList[0] : ""));
          const place = (box) => [box.closest("section[id]"), box].filter(Boolean).map(named).join(" ");
          if (page.documentElement.scrollWidth > view.innerWidth) found.wide.add("the page");
          for (const box of page.querySelectorAll(
            "body, header, main, footer, section, figure, table, .scroll, th, td, li, dd, dt, p, .signatures, nav")) {
            if (box.scrollWidth > box.clientWidth + 1) found.wide.add(place(box));
          }
          const background = (element) => {
            for (let box = element; box; box = box.parentElement) {
              const color = numbers(view.getComputedStyle(box).backgroundColor);
              if (color.length === 3 || color[3] > 0) return color;
            }
            return [255, 255, 255];
          };
          const fonts = new Map();
          const read = (text, element, style) => {
            const font = `${style.fontStyle} ${style.fontWeight} 24px ${style.fontFamily}`;
            if (!fonts.has(font)) fonts.set(font, new Map());
            for (const character of text) if (!/\s/u.test(character)) fonts.get(font).set(character, place(element));
            const color = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
            const size = parseFloat(style.fontSize);
            const enough = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
            const ratio = contrast(numbers(color), background(element));
            if (ratio < enough) found.faint.add(`${place(element)} “${text.trim().slice(0, 20)}” (${ratio.toFixed(2)})`);
          };
          const walker = page.createTreeWalker(page.body, 4);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || element.closest("script, style, title, desc")) continue;
            const range = page.createRange();
            range.selectNodeContents(node);
            if (range.getClientRects().length) read(node.data, element, view.getComputedStyle(element));
          }
          for (const element of page.body.querySelectorAll("*")) {
            for (const part of ["::before", "::after"]) {
              const style = view.getComputedStyle(element, part);
              const text = /^"(.*)"$/.exec(style.content);
              if (text && text[1]) read(text[1], element, style);
            }
            if (element.placeholder) read(element.placeholder, element, view.getComputedStyle(element, "::placeholder"));
          }
          let characters = 0;
          for (const [font, used] of fonts) {
            const nothing = draw(font, "\u0378");
            if (draw(font, "\u2fe0") !== nothing) found.missing.add(`whatever is missing looks different each time, in ${font}:`);
            for (const [character, where] of used) {
              characters += 1;
              if (draw(font, character) !== nothing) continue;
              found.missing.add(`${where} U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`);
            }
          }
          for (const picture of page.querySelectorAll("svg")) {
            const frame = picture.getBoundingClientRect();
            const labels = [...picture.querySelectorAll("text")].map((label) => [label, label.getBoundingClientRect()]);
            labels.forEach(([label, box], index) => {
              if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1 || box.top < frame.top - 1)
                found.overlapping.add(`${place(picture)} “${label.textContent}”`);
              for (const [other, beside] of labels.slice(index + 1)) {
                if (box.left < beside.right && beside.left < box.right && box.top < beside.bottom && beside.top < box.bottom)
                  found.overlapping.add(`${place(picture)} “${label.textContent}” “${other.textContent}”`);
              }
            });
          }
          return {
            page: frame.dataset.page, setting: frame.dataset.setting, width: view.innerWidth, characters,
            sorting: page.querySelectorAll("th[tabindex]").length,
            rows: [...page.querySelectorAll("tbody tr")].filter((row) => row.getBoundingClientRect().height > 0).length,
            wide: [...found.wide], faint: [...found.faint], missing: [...found.missing],
            overlapping: [...found.overlapping],
          };
        };
        addEventListener("load", () => {
          const views = JSON.stringify([...document.querySelectorAll("iframe")].map(look));
          document.body.dataset.views = btoa(String.fromCodePoint(...new TextEncoder().encode(views)));
        });
        """#
}
