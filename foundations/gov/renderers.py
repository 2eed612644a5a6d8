from django.forms.renderers import TemplatesSetting

from foundations.gov.boundfield import GovBoundField


class GovRenderer(TemplatesSetting):
    """Prints forms with GOV.UK markup.

    Our form classes name it as their default_renderer. It is not the global FORM_RENDERER, so
    forms of other packages keep the templates they were written for.
    """

    form_template_name = "gov/forms/form.html"
    field_template_name = "gov/forms/field.html"
    bound_field_class = GovBoundField
