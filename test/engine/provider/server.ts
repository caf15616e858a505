import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as service from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type { Checked } from "./check";
import type { Difference } from "./diff";
import type { Values } from "./kind";
import { read, write } from "./wire";

interface Named {
  readonly type: string;
  readonly urn: string;
  /** Logical name. */
  readonly name: string;
}

/** What a provider answers to the engine, without the wire. */
export interface Provider {
  readonly version: string;
  check(request: Named & { olds: Values; news: Values }): Checked;
  diff(request: Named & { state: Values; oldInputs: Values; news: Values; ignored: readonly string[] }): Difference;
  create(request: Named & { inputs: Values; preview: boolean }): { readonly id: string; readonly outputs: Values };
  update(request: Named & { id: string; olds: Values; news: Values; preview: boolean }): Values;
  delete(request: Named & { id: string; inputs: Values }): void | Promise<void>;
  invoke(token: string, args: Values): Values;
  construct?(request: proto.ConstructRequest): Promise<proto.ConstructResponse>;
}

type Answer = (request: never) => unknown;

/** A running provider. */
export interface Running {
  readonly port: number;
  close(): void;
}

/** Serves a provider on loopback; the engine attaches to it. */
export async function serve(provider: Provider): Promise<Running> {
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const handlers = Object.fromEntries(
    Object.entries(answers(provider)).map(([name, answer]) => [name, handler(name, answer as Answer)]),
  );
  server.addService(service.ResourceProviderService, handlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return {
    port,
    close: () => {
      server.forceShutdown();
    },
  };
}

function handler(name: string, answer: Answer): grpc.handleUnaryCall<unknown, unknown> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request as never))
      .then((response) => {
        callback(null, response);
      })
      .catch((error: unknown) => {
        const { message } = error as Error;
        callback({ code: grpc.status.UNKNOWN, details: message, message, name });
      });
  };
}

function answers(provider: Provider): Partial<Record<keyof service.IResourceProviderServer, unknown>> {
  return {
    attach: () => new Empty(),
    cancel: () => new Empty(),
    getPluginInfo: () => new plugin.PluginInfo().setVersion(provider.version),
    // The engine wants secrets to be accepted by a provider that builds components.
    handshake: () => new proto.ProviderHandshakeResponse().setAcceptSecrets(!!provider.construct),
    checkConfig: (request: proto.CheckRequest) => new proto.CheckResponse().setInputs(request.getNews()),
    diffConfig: () => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE),
    configure: () => new proto.ConfigureResponse().setSupportspreview(true).setAcceptsecrets(!!provider.construct),
    invoke: (request: proto.InvokeRequest) =>
      new proto.InvokeResponse().setReturn(write(provider.invoke(request.getTok(), read(request.getArgs())))),
    check: (request: proto.CheckRequest) => {
      const values = { olds: read(request.getOlds()), news: read(request.getNews()) };
      const { inputs, failures } = provider.check({ ...named(request), ...values });
      const failed = failures.map(({ property, reason }) =>
        new proto.CheckFailure().setProperty(property).setReason(reason),
      );
      return new proto.CheckResponse().setInputs(write(inputs)).setFailuresList(failed);
    },
    diff: (request: proto.DiffRequest) => {
      const { changed, replaces, deleteBeforeReplace } = provider.diff({
        ...named(request),
        state: read(request.getOlds()),
        oldInputs: read(request.getOldInputs()),
        news: read(request.getNews()),
        ignored: request.getIgnorechangesList(),
      });
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      return new proto.DiffResponse()
        .setChanges(changed.length === 0 ? DIFF_NONE : DIFF_SOME)
        .setDiffsList([...changed])
        .setReplacesList([...replaces])
        .setDeletebeforereplace(deleteBeforeReplace);
    },
    create: (request: proto.CreateRequest) => {
      const inputs = read(request.getProperties());
      const { id, outputs } = provider.create({ ...named(request), inputs, preview: request.getPreview() });
      return new proto.CreateResponse().setId(id).setProperties(write(outputs));
    },
    read: (request: proto.ReadRequest) =>
      new proto.ReadResponse()
        .setId(request.getId())
        .setInputs(request.getInputs())
        .setProperties(request.getProperties()),
    update: (request: proto.UpdateRequest) => {
      const values = { olds: read(request.getOlds()), news: read(request.getNews()), preview: request.getPreview() };
      const outputs = provider.update({ ...named(request), id: request.getId(), ...values });
      return new proto.UpdateResponse().setProperties(write(outputs));
    },
    delete: async (request: proto.DeleteRequest) => {
      await provider.delete({ ...named(request), id: request.getId(), inputs: read(request.getProperties()) });
      return new Empty();
    },
    construct: (request: proto.ConstructRequest) => {
      if (!provider.construct) throw new Error(`This provider has no components: ${request.getType()}`);
      return provider.construct(request);
    },
  };
}

function named(request: { getUrn(): string }): Named {
  const urn = request.getUrn();
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.split("$").at(-1) ?? "", name: name.join("::") };
}
