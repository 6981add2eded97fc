// The meeting's deck in a notebook: rooms in the deck's frame. Addresses lead to slides, not to places.
import { fillRooms } from "./rooms.js";
import { deckFrame } from "./room_deck.js";

/** Fill a widget's element. Gives back what must be done when it goes. */
export const show = (what, given) => fillRooms(given, { frame: deckFrame, routed: false });
