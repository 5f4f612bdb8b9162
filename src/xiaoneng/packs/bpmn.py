"""A procedure's course as BPMN 2.0 with its picture (OMG formal/2013-12-09), for any tool that reads the standard."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

from xiaoneng.packs.chart import TITLE, Form, chart

if TYPE_CHECKING:
    from xiaoneng.packs.chart import Arrow, Box, Chart
    from xiaoneng.packs.model import Procedure

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"
PREFIXES = {"bpmn": MODEL, "bpmndi": DI, "dc": DC, "di": DD}
LABEL = (90, 20)
ARTIFACTS = (Form.STAGE, Form.NOTE)


def bpmn(procedure: Procedure) -> str:
    """Write the course as BPMN 2.0 XML; raises ValueError where the procedure declares none."""
    drawn = chart(procedure)
    for prefix, space in PREFIXES.items():
        ET.register_namespace(prefix, space)
    root = ET.Element(_in(MODEL, "definitions"), {"id": "definitions", "targetNamespace": "urn:xiaoneng:packs"})
    for stage in (box for box in drawn.boxes if box.form is Form.STAGE):
        category = ET.SubElement(root, _in(MODEL, "category"), {"id": f"category_{stage.id}"})
        ET.SubElement(category, _in(MODEL, "categoryValue"), {"id": f"value_{stage.id}", "value": stage.name.zh})
    name = "process_" + procedure.id.replace(".", "_")
    asked = {"id": name, "name": procedure.name.zh, "isExecutable": "false"}
    process = ET.SubElement(root, _in(MODEL, "process"), asked)
    _document(process, procedure.name.en)
    _flow(process, drawn)
    diagram = ET.SubElement(root, _in(DI, "BPMNDiagram"), {"id": "diagram"})
    plane = ET.SubElement(diagram, _in(DI, "BPMNPlane"), {"id": "plane", "bpmnElement": name})
    for box in drawn.boxes:
        _shape(plane, box)
    for arrow in drawn.arrows:
        _edge(plane, arrow)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _in(space: str, tag: str) -> str:
    return f"{{{space}}}{tag}"


def _document(element: ET.Element, text: str) -> None:
    if text:
        ET.SubElement(element, _in(MODEL, "documentation")).text = text


def _flow(process: ET.Element, drawn: Chart) -> None:
    """Write nodes, then flows, then what only explains: the order that the schema asks for."""
    for box in drawn.boxes:
        if box.form in ARTIFACTS:
            continue
        said = {"id": box.id} | ({"name": box.name.zh} if box.name.zh else {})
        node = ET.SubElement(process, _in(MODEL, box.form.value), said)
        _document(node, box.name.en)
        for arrow in drawn.arrows:
            if arrow.target == box.id:
                ET.SubElement(node, _in(MODEL, "incoming")).text = arrow.id
        for arrow in drawn.arrows:
            if arrow.source == box.id:
                ET.SubElement(node, _in(MODEL, "outgoing")).text = arrow.id
        if box.terminates:
            ET.SubElement(node, _in(MODEL, "terminateEventDefinition"), {"id": f"terminate_{box.id}"})
    for arrow in drawn.arrows:
        said = {"id": arrow.id, "sourceRef": arrow.source, "targetRef": arrow.target}
        said |= {"name": arrow.name.zh} if arrow.name else {}
        ET.SubElement(process, _in(MODEL, "sequenceFlow"), said)
    for box in drawn.boxes:
        if box.form is Form.STAGE:
            ET.SubElement(process, _in(MODEL, "group"), {"id": box.id, "categoryValueRef": f"value_{box.id}"})
        elif box.form is Form.NOTE:
            note = ET.SubElement(process, _in(MODEL, "textAnnotation"), {"id": box.id})
            ET.SubElement(note, _in(MODEL, "text")).text = box.name.zh


def _shape(plane: ET.Element, box: Box) -> None:
    said = {"id": f"shape_{box.id}", "bpmnElement": box.id}
    said |= {"isMarkerVisible": "true"} if box.form is Form.CHOICE else {}
    shape = ET.SubElement(plane, _in(DI, "BPMNShape"), said)
    _bounds(shape, box.x, box.y, box.width, box.height)
    label = _label(box)
    if label is not None:
        _bounds(ET.SubElement(shape, _in(DI, "BPMNLabel")), *label)


def _label(box: Box) -> tuple[int, int, int, int] | None:
    """Where a name stands that does not fit inside its shape."""
    if box.form is Form.STAGE:
        return box.x, box.y + 6, box.width, TITLE - 10
    if box.form in (Form.START, Form.END, Form.CHOICE) and box.name.zh:
        across, _ = box.middle
        return across - LABEL[0] // 2, box.y - LABEL[1], *LABEL
    return None


def _edge(plane: ET.Element, arrow: Arrow) -> None:
    said = {"id": f"edge_{arrow.id}", "bpmnElement": arrow.id}
    edge = ET.SubElement(plane, _in(DI, "BPMNEdge"), said)
    for x, y in arrow.points:
        ET.SubElement(edge, _in(DD, "waypoint"), {"x": str(x), "y": str(y)})
    if arrow.name:
        x, y = label_place(arrow)
        _bounds(ET.SubElement(edge, _in(DI, "BPMNLabel")), x, y, 30, 16)


def label_place(arrow: Arrow) -> tuple[int, int]:
    """Upper left corner of an arrow's name: above its first stretch that runs along."""
    along = ((min(x, to_x), y) for (x, y), (to_x, to_y) in pairwise(arrow.points) if y == to_y)
    x, y = next(along)
    return x + 8, y - 18


def _bounds(element: ET.Element, x: int, y: int, width: int, height: int) -> None:
    said = {"x": str(x), "y": str(y), "width": str(width), "height": str(height)}
    ET.SubElement(element, _in(DC, "Bounds"), said)
