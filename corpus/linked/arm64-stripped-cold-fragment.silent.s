// arch: arm64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000
// expect: silent
// why: no symbol is left; the cold part, entered with the frame in place, is tied to its function by the jumps

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	str	x19, [sp, -16]!
	.cfi_def_cfa_offset	16
	.cfi_offset	19, -16
	mov	w19, w0
	tbnz	w0, #31, .Lcold
.Lback:
	add	w0, w19, 1
	ldr	x19, [sp], 16
	.cfi_restore	19
	.cfi_def_cfa_offset	0
	ret
	.cfi_endproc
	.size	f, .-f
	.section	.text.unlikely,"ax",%progbits
	.type	f.cold, %function
f.cold:
	.cfi_startproc
	.cfi_def_cfa_offset	16
	.cfi_offset	19, -16
.Lcold:
	mov	w19, 3
	b	.Lback
	.cfi_endproc
	.size	f.cold, .-f.cold
