import Type from 'typebox';
import { closed, shape } from '../http/shapes.ts';

export const signInBody = shape(
  'SignIn',
  closed(
    {
      login: Type.String({ minLength: 1, maxLength: 254, description: 'Email or username.' }),
      password: Type.String({ minLength: 1, maxLength: 1024 }),
      code: Type.Optional(
        Type.String({
          maxLength: 40,
          description:
            'Code from the authenticator app, or a recovery code. Required after the problem /problems/code_needed.',
        }),
      ),
      workspace: Type.Optional(
        Type.String({
          maxLength: 200,
          description:
            'Name or id of the workspace that the login belongs to, in case the same login exists in several.',
        }),
      ),
      workspace_id: Type.Optional(
        Type.String({ maxLength: 36, description: 'Workspace to sign in to, if the person belongs to several.' }),
      ),
    },
    'Credentials.',
  ),
);

export const workspaceChoice = shape(
  'WorkspaceChoice',
  closed({ workspace_id: Type.String({ maxLength: 36 }) }, 'The workspace to switch to.'),
);

const password = Type.String({ maxLength: 1024 });

export const passwordChange = shape(
  'PasswordChange',
  closed({ old_password: password, new_password: password }, 'A new password. All other sessions of the person end.'),
);
export const passwordProof = shape('PasswordProof', closed({ password }, 'The current password, as confirmation.'));
export const totpCode = shape(
  'TotpCode',
  closed({ code: Type.String({ minLength: 1, maxLength: 40 }) }, 'A code from the authenticator app.'),
);
export const totpSecret = shape(
  'TotpSecret',
  Type.Object(
    {
      secret: Type.String({ description: 'Secret to type in by hand.' }),
      uri: Type.String({ description: 'otpauth://..., for a QR code.' }),
    },
    { description: 'Secret for setting up an authenticator app. It takes effect once a code has been confirmed.' },
  ),
);
export const recoveryCodes = shape(
  'RecoveryCodes',
  Type.Object(
    { recovery_codes: Type.Array(Type.String()) },
    { description: 'Each code can be used once in place of an authenticator code. They are shown only once.' },
  ),
);
