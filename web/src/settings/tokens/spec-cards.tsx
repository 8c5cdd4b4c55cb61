import type { Shape } from '../../api/client.ts';
import { Card } from '../../ui/card.tsx';
import { Facts } from '../layout/facts.tsx';
import { Scroll } from '../layout/scroll.tsx';
import table from '../layout/table.module.css';
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
        <Scroll label="Fields of a new lead table">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">Lead field</th>
                <th scope="col">Note</th>
              </tr>
            </thead>
            <tbody>
              {spec.fields.map(({ name, required, lead_field, label, about }) => (
                <tr key={name}>
                  <td>
                    <span className="mono">{name}</span> {required && <strong>required</strong>}
                  </td>
                  <td>{label ?? lead_field}</td>
                  <td>{about}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </Card>
      <Card title="Endpoints" flush>
        <Scroll label="Endpoints table">
          <table className={table.table}>
            <tbody>
              {spec.endpoints.map(({ methods, path, about }) => (
                <tr key={`${methods} ${path}`}>
                  <td className="mono">
                    {methods.join(', ')} {path}
                  </td>
                  <td>{about}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
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
