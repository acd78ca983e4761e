// The rows of a matrix in the order of one of its columns: the most first, the least first, as they were.
(function () {
  var ORDERS = ["none", "descending", "ascending"];
  var TOLD = { none: "in their first order", descending: "the most first", ascending: "the least first" };
  function value(row, column) {
    var text = row.cells[column].textContent.replace("\u2212", "-");
    var number = parseFloat(text);
    return isNaN(number) ? 0 : number;
  }
  all("table.matrix").forEach(function (table) {
    var rows = table.tBodies[0];
    var first = all("tr", rows);
    var moved = first.filter(function (row) { return !row.classList.contains("fixed"); });
    var heads = all("thead th", table);
    var said = make("p", "", "said");
    said.setAttribute("aria-live", "polite");
    table.parentNode.insertBefore(said, table);
    heads.forEach(function (head, column) {
      if (column === 0) { return; }
      var name = head.textContent;
      head.textContent = "";
      head.setAttribute("aria-sort", "none");
      head.appendChild(button(name, function () {
        var order = ORDERS[(ORDERS.indexOf(head.getAttribute("aria-sort")) + 1) % 3];
        heads.forEach(function (other, k) { if (k > 0) { other.setAttribute("aria-sort", "none"); } });
        head.setAttribute("aria-sort", order);
        var sign = order === "ascending" ? -1 : 1;
        var ranked = order === "none" ? moved : moved.slice().sort(function (a, b) {
          return sign * (value(b, column) - value(a, column));
        });
        first.forEach(function (row) { if (row.classList.contains("fixed")) { rows.appendChild(row); } });
        ranked.forEach(function (row) { rows.appendChild(row); });
        said.textContent = "Rows by \u201c" + name + "\u201d: " + TOLD[order] + ".";
      }, "rank"));
    });
  });
})();
