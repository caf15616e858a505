import { DOORS, type Door, type FrontDoor } from "../../contract/wire/doors";

/** What the page shows of a door. */
interface DescribedDoor {
  readonly name: string;
  readonly url: string;
  readonly service: string;
  readonly auth: string;
  readonly buffered: boolean;
  /** Whether the door lets a page of another origin call it. */
  readonly cors: boolean;
}

export interface DescribedStack {
  readonly stack: string;
  readonly region: string;
  readonly doors: readonly DescribedDoor[];
}

/** @param origin the page's own, for which each door is asked whether it lets pages call */
export async function describeStack({ stack, region, doors }: FrontDoor, origin: string): Promise<DescribedStack> {
  const described = doors.map(async (door) => ({
    name: door.name,
    url: door.url,
    service: serviceOf(door),
    auth: authOf(door),
    buffered: DOORS[door.name].buffered,
    cors: await allowsPages(door, origin),
  }));
  return { stack, region, doors: await Promise.all(described) };
}

function serviceOf({ name, auth }: Door): string {
  if (auth.type === "EDGE") return "CloudFront, Function URL";
  return DOORS[name].rest ? "API Gateway" : "Function URL";
}

function authOf({ auth, apiKey }: Door): string {
  const key = apiKey ? " and an API key" : "";
  if (auth.type === "AWS_IAM") return `IAM signature${key}`;
  if (auth.type === "BEARER") return `bearer token${key}`;
  if (auth.type === "API_KEY") return "API key";
  return auth.token === undefined ? "anonymous, with a body hash" : "user's token, with a body hash";
}

/** Asks a door as a browser does before a page of another origin may call it. */
async function allowsPages({ url }: Door, origin: string): Promise<boolean> {
  const headers = {
    origin,
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
  };
  try {
    const answer = await fetch(`${url}/invoke`, { method: "OPTIONS", headers, redirect: "manual" });
    await answer.body?.cancel();
    return answer.ok && answer.headers.has("access-control-allow-origin");
  } catch {
    return false;
  }
}
