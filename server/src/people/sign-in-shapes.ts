import Type from 'typebox';
import { closed, shape } from '../http/shapes.ts';

/** How somebody signs in. */
export const signInBody = shape(
  'SignIn',
  closed(
    {
      login: Type.String({ minLength: 1, maxLength: 254, description: 'E-mail or username.' }),
      password: Type.String({ minLength: 1, maxLength: 1024 }),
      code: Type.Optional(
        Type.String({
          maxLength: 40,
          description: 'From the authenticator app, or a recovery code. Asked for by /problems/code_needed.',
        }),
      ),
      workspace_id: Type.Optional(
        Type.String({ maxLength: 36, description: 'Which workspace, when there are several.' }),
      ),
    },
    'Who signs in.',
  ),
);

/** Where to go on. */
export const workspaceChoice = shape(
  'WorkspaceChoice',
  closed({ workspace_id: Type.String({ maxLength: 36 }) }, 'Another workspace that the person works in.'),
);

const password = Type.String({ maxLength: 1024 });

/** A password for another. */
export const passwordChange = shape(
  'PasswordChange',
  closed({ old_password: password, new_password: password }, 'All other sessions of the person end.'),
);
/** A password, to be sure. */
export const passwordProof = shape('PasswordProof', closed({ password }, 'The password, to be sure who asks.'));
/** A code from an authenticator app. */
export const totpCode = shape(
  'TotpCode',
  closed({ code: Type.String({ minLength: 1, maxLength: 40 }) }, 'A code from the authenticator app.'),
);
/** What an authenticator app is set up with. */
export const totpSecret = shape(
  'TotpSecret',
  Type.Object(
    {
      secret: Type.String({ description: 'To type in by hand.' }),
      uri: Type.String({ description: 'otpauth://..., for a QR code.' }),
    },
    { description: 'What an authenticator app is set up with. It counts once a code was confirmed.' },
  ),
);
/** Codes that stand in for a lost device. */
export const recoveryCodes = shape(
  'RecoveryCodes',
  Type.Object(
    { recovery_codes: Type.Array(Type.String()) },
    { description: 'Each signs in once in place of a code. They are shown this once.' },
  ),
);
