// The teacher's desk: rooms in their frame, with children's pages to try out.
import { fillRooms } from "./rooms.js";
import { frame } from "./room_draw.js";
import { onlyTrying, trying } from "./room_try.js";

/** Fill a widget's element. Gives back what must be done when it goes. */
export const show = (what, given) => fillRooms(given, { frame, trying, began: onlyTrying });
