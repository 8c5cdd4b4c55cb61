import type { Shape } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../layout/facts.tsx';
import { Table } from '../layout/table.tsx';
import { Code } from './code.tsx';

const policies = {
  create: 'another lead is created',
  merge: 'merged into the existing lead',
  attach: 'attached to the existing lead',
  refuse: 'refused',
};

/** The integration guide of a token: fields, endpoints, errors and defaults. */
export function SpecCards({ spec }: { spec: Shape<'TokenSpec'> }) {
  const { defaults } = spec;
  return (
    <>
      <Card title="Fields of a new lead" flush>
        <Table label="Fields of a new lead table" head={['Field', 'Lead field', 'Note']}>
          {spec.fields.map(({ name, required, lead_field, label, about }) => (
            <tr key={name}>
              <td>
                <span className="mono">{name}</span> {required && <strong>required</strong>}
              </td>
              <td>{label ?? lead_field}</td>
              <td>{about}</td>
            </tr>
          ))}
        </Table>
      </Card>
      <Card title="Endpoints" flush>
        <Table label="Endpoints table">
          {spec.endpoints.map(({ methods, path, about }) => (
            <tr key={`${methods} ${path}`}>
              <td className="mono">
                {methods.join(', ')} {path}
              </td>
              <td>{about}</td>
            </tr>
          ))}
        </Table>
      </Card>
      <Card title="Errors">
        <div className="stack">
          {spec.errors.map(({ when, status, body }) => (
            <div key={when} className="stack">
              <span>
                {when} <span className="muted">{status}</span>
              </span>
              <Code label={`response when ${when}`} text={body} />
            </div>
          ))}
        </div>
      </Card>
      <Card title="Behaviour">
        <Facts
          facts={[
            [
              'URL',
              <span key="base" className="mono">
                {spec.base_url}
              </span>,
            ],
            ['Known lead', policies[defaults.policy]],
            [
              'On merge',
              defaults.merge_style === 'fill' ? 'only empty fields are filled' : 'sent values overwrite existing ones',
            ],
            ['Phone numbers without a country code', defaults.region],
            [
              'Unknown fields',
              defaults.may_extend ? 'become custom fields, within a daily limit' : 'do not become custom fields',
            ],
          ]}
        />
      </Card>
    </>
  );
}
