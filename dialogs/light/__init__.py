"""The traffic light: signs seen by age and area, the colour that they suggest, and what each colour asks for."""
