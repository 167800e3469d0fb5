"""Who a person is on a day: posts, capabilities, reach."""

from datetime import date

from django.db.models import Q

from namro.ground import clock
from namro.organisation.models import Person, Post
from namro.organisation.queries.deputies import deputised_posts
from namro.organisation.queries.tree import city_of, subtree_ids
from namro.organisation.rules import capabilities_of
from namro.organisation.terms import Capability, Role, Viewer

ROLE_ORDER = list(Role)


def posts_on(person: Person, day: date) -> list[Post]:
    """Posts that the person holds on the day, the widest role first; then those for whose holders they stand in."""
    held = Post.objects.filter(
        Q(person=person) | deputised_posts(person.pk, day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        valid_from__lte=day,
    )
    return sorted(
        held.select_related("unit"),
        key=lambda post: (post.person_id != person.pk, ROLE_ORDER.index(Role(post.role))),
    )


def viewer(person: Person, day: date | None = None) -> Viewer | None:
    """The viewer a person is on the day (default today), or None when no post is held; at most three queries."""
    posts = posts_on(person, day or clock.today())
    if not posts:
        return None
    capabilities = capabilities_of(frozenset(Role(post.role) for post in posts))
    main, city = posts[0], city_of(posts[0].unit)
    return Viewer(
        person_id=person.pk,
        role=Role(main.role),
        capabilities=capabilities,
        home_unit_id=main.unit_id,
        home_unit_path=main.unit.path,
        city_id=city.pk,
        city_name=city.name,
        city_path=city.path,
        unit_ids=None if Capability.READ_ALL in capabilities else subtree_ids([p.unit for p in posts]),
        post_unit_ids=frozenset(post.unit_id for post in posts),
    )
