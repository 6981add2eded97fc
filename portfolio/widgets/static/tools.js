// What is only needed once somebody records, draws, trims or writes a school word: fetched when it is first asked for.
import { camera } from "./camera.js";
import { drawing, pad } from "./pad.js";
import { recorder } from "./recorder.js";
import { schoolWords } from "./school.js";
import { trim } from "./trim.js";

/** Each tool fills an element and gives back a promise; see their own files. */
export const TOOLS = { pad, drawing, trim, camera, recorder, schoolWords };
