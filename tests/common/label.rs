//! A label sealed by the keys of a sealer's grant.

use wayseal::keys::{Node, Region, Site, Tier};
use wayseal::payload::Waybill;
use wayseal::record::{Contact, Country, Delivery, Division};
use wayseal::sealer::{DestinationKeys, Sealer};
use wayseal::signed::grant::Grant;

pub const DELIVERY: Delivery<'static> = Delivery {
    name: "王芳",
    country: Country::CN,
    postcode: "",
    division: Division::Names { province: "广东省", city: "深圳市", district: "南山区" },
    street: "粤海街道",
    detail: "科技园路9号3栋1203室",
    note: "",
};
pub const CONTACT: Contact<'static> = Contact { phone: "13812345678", sender_phone: "", sender_name: "" };

/// The text of a label's code for a station, by the keys for it in a sealer's grant.
pub fn sealed(
    grant: &Grant,
    station: (Region, Site),
    number: u64,
    delivery: &Delivery<'_>,
    contact: &Contact<'_>,
) -> String {
    let node = |tier: Tier| -> &Node {
        let is_for = |node: &&Node| {
            let path = node.path();
            path.tier() == tier && (tier == Tier::Origin || (path.region_of(), path.site_of()) == station)
        };
        grant.nodes.iter().find(is_for).unwrap()
    };
    let keys = DestinationKeys::new(node(Tier::Delivery), Some(node(Tier::Contact))).unwrap();
    let waybill = Waybill::parse(&format!("YT{number:013}")).unwrap();
    let sealer = Sealer::new(node(Tier::Origin)).unwrap();
    sealer.seal(&keys, &waybill, delivery, Some(contact)).unwrap().text.as_str().to_owned()
}
