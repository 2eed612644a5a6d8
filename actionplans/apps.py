from django.apps import AppConfig


class ActionplansConfig(AppConfig):
    name = "actionplans"

    def ready(self):
        from actionplans.lifecycle import add_to_lifecycle
        from actionplans.resting.showing import add_to_lessons
        from actionplans.rows.services import add_to_clock

        add_to_clock()
        add_to_lifecycle()
        add_to_lessons()
