"""What a hand takes hold of on any page, as JavaScript for browsers beyond Chromium."""

# All elements below the roots of the page's components, and those of them that can be seen.
FIND = """(selector => {
  const roots = [...document.querySelectorAll("*")].map(e => e.shadowRoot).filter(Boolean);
  return roots.flatMap(r => [...r.querySelectorAll(selector)]).filter(e => e.checkVisibility());
})"""
DRAWN = f'{FIND}(".stage[data-version]").length'
# Where a hand takes hold: of the first slider, else of the first picture; [x, y, width, height].
HOLD = f"""(() => {{
  const hold = {FIND}("[data-knob] input[type=range]")[0] ?? {FIND}("figure canvas")[0];
  hold.scrollIntoView({{ block: "center" }});
  performance.clearMeasures();
  const box = hold.getBoundingClientRect();
  return [box.x, box.y, box.width, box.height];
}})()"""
ANSWERED = 'performance.getEntriesByName("glassbox:input-to-paint").length'
