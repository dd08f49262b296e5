#include "generator/weave/mutate.h"

#include <optional>
#include <utility>

#include "generator/weave/weave.h"

namespace objhound::generator::weave {
namespace {

// Where a part stands: that it may be left out, its parent must be known. The root has none.
struct Place {
  Part* part;
  Part* parent;
  size_t depth;
};

void collect(Part& part, Part* parent, size_t depth, std::vector<Place>& places) {
  places.push_back({&part, parent, depth});
  for (Part& inner : part.parts) collect(inner, &part, depth + 1, places);
}

std::vector<Place> places_of(Part& tree) {
  std::vector<Place> places;
  collect(tree, nullptr, 0, places);
  return places;
}

// One of n; n is at least 1.
size_t one_of(size_t n, Draw& draw) { return draw.between(0, n - 1); }

size_t index_in_parent(const Place& place) { return static_cast<size_t>(place.part - place.parent->parts.data()); }

// A part other than the root, if there is one.
Place inner_place(std::vector<Place>& places, Draw& draw) {
  return places.size() < 2 ? Place{} : places[1 + one_of(places.size() - 1, draw)];
}

// A copy of one of the parts of that depth; of the root's children, if there is none.
std::optional<Part> donor(const Part& from, size_t depth, Draw& draw) {
  Part copy = from;
  std::vector<Place> places = places_of(copy);
  std::erase_if(places, [&](const Place& place) { return place.depth != depth; });
  if (places.empty()) return {};
  return *places[one_of(places.size(), draw)].part;
}

Part drawn_program(Draw& draw) {
  Decisions decisions(draw.next());
  (void)program_of(decisions);
  return decisions.taken();
}

// --- The steps ---

void change_bytes(Part& tree, Draw& draw) {
  std::vector<Place> places = places_of(tree);
  std::erase_if(places, [](const Place& place) { return place.part->own.empty(); });
  if (places.empty()) return;
  for (uint64_t times = draw.between(1, 3); times > 0; --times) {
    std::vector<uint8_t>& own = places[one_of(places.size(), draw)].part->own;
    uint8_t& byte = own[one_of(own.size(), draw)];
    switch (draw.between(0, 3)) {
      case 0:
        ++byte;
        break;
      case 1:
        --byte;
        break;
      case 2:
        byte = 0;
        break;
      default:
        byte = static_cast<uint8_t>(draw.next());
    }
  }
}

void redraw_bytes(Part& tree, Draw& draw) {
  std::vector<Place> places = places_of(tree);
  for (uint8_t& byte : places[one_of(places.size(), draw)].part->own) byte = static_cast<uint8_t>(draw.next());
}

void leave_out(Part& tree, Draw& draw) {
  std::vector<Place> places = places_of(tree);
  const Place place = inner_place(places, draw);
  if (place.part != nullptr)
    place.parent->parts.erase(place.parent->parts.begin() + static_cast<ptrdiff_t>(index_in_parent(place)));
}

void swap_neighbours(Part& tree, Draw& draw) {
  std::vector<Place> places = places_of(tree);
  std::erase_if(places, [](const Place& place) { return place.part->parts.size() < 2; });
  if (places.empty()) return;
  std::vector<Part>& parts = places[one_of(places.size(), draw)].part->parts;
  std::swap(parts[one_of(parts.size(), draw)], parts[one_of(parts.size(), draw)]);
}

// A part of `from` in the place of one of the tree, or before it.
void graft(Part& tree, const Part& from, Draw& draw) {
  std::vector<Place> places = places_of(tree);
  const Place place = inner_place(places, draw);
  if (place.part == nullptr) return;
  std::optional<Part> part = donor(from, place.depth, draw);
  if (!part) return;
  if (draw.coin()) {
    *place.part = *std::move(part);
  } else {
    place.parent->parts.insert(place.parent->parts.begin() + static_cast<ptrdiff_t>(index_in_parent(place)),
                               *std::move(part));
  }
}

size_t size_of(const Part& tree) { return to_bytes(tree).size(); }

// Without what its program does not ask for. Where that is more than the limit, parts are left out, large ones rather
// than small ones; what is asked for in their place are zeros.
Part fitted(Part tree, size_t limit, Draw& draw) {
  for (int rounds = 0; rounds < 8; ++rounds) {
    Decisions decisions(std::move(tree));
    (void)program_of(decisions);
    tree = decisions.taken();
    if (size_of(tree) <= limit) return tree;
    while (size_of(tree) > limit) {
      std::vector<Place> places = places_of(tree);
      if (places.size() < 2) return {};
      Place largest = inner_place(places, draw);
      for (int tries = 0; tries < 2; ++tries)
        if (const Place other = inner_place(places, draw); size_of(*other.part) > size_of(*largest.part))
          largest = other;
      largest.parent->parts.erase(largest.parent->parts.begin() + static_cast<ptrdiff_t>(index_in_parent(largest)));
    }
  }
  return {};
}

}  // namespace

Part mutated(Part tree, size_t limit, Draw& draw) {
  // A program has several functions, and all of them are compiled: one step each.
  for (uint64_t steps = draw.between(1, 2 + tree.parts.size()); steps > 0; --steps) {
    switch (draw.between(0, 9)) {
      case 0:
        leave_out(tree, draw);
        break;
      case 1:
        swap_neighbours(tree, draw);
        break;
      case 2:
        redraw_bytes(tree, draw);
        break;
      case 3:
        graft(tree, Part(tree), draw);
        break;
      case 4:
      case 5:
      case 6:
        graft(tree, drawn_program(draw), draw);
        break;
      default:
        change_bytes(tree, draw);
    }
  }
  return fitted(std::move(tree), limit, draw);
}

Part crossed(Part tree, const Part& other, size_t limit, Draw& draw) {
  for (uint64_t times = draw.between(1, 3); times > 0; --times) graft(tree, other, draw);
  return fitted(std::move(tree), limit, draw);
}

Part small_program(size_t limit, Draw& draw) { return fitted(drawn_program(draw), limit, draw); }

}  // namespace objhound::generator::weave
