// At the door: the page of a counter that this device kept for hours without a line is not for whoever comes next. What
// was pressed there and not sent yet stays; it waits for its person.
"use strict";

if ("caches" in window) caches.delete("namro-counter");
