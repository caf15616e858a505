/** Where a running front door leaves its announcement for the client on the same machine, relative to the project. */
export const FRONT_DOOR_FILE = ".front-door/doors.json";
