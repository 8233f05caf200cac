import { h, type FunctionalComponent } from 'vue'
import { iconShapes } from './icons'

/** An icon as one plain svg: cheap enough for every row of a table. Decoration unless a label is given. */
const Icon: FunctionalComponent<{ name: string; label?: string }> = (props) =>
  h(
    'svg',
    {
      class: 'icon',
      viewBox: '0 0 24 24',
      width: '1em',
      height: '1em',
      ...(props.label ? { role: 'img', 'aria-label': props.label } : { 'aria-hidden': 'true' }),
    },
    iconShapes(props.name).map(({ tag, attributes }) => h(tag, attributes)),
  )
Icon.props = ['name', 'label']
export default Icon
