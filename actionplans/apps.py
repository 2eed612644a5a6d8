from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"

    def ready(self):
        from actionplans.open_things import add_to_closing

        add_to_closing()
