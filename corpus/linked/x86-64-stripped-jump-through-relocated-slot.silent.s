// arch: x86-64
// link: ld.lld-19 -shared --strip-all -Ttext=0x10000 -z relro
// expect: silent
// source: rustc, which calls and jumps to all functions through slots (librav1e)
// why: nobody writes the slot after the dynamic linker: f's jump is a tail call of leaf; a number in data that looks like an address in f is none

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset	16
	.cfi_offset	3, -16
	movq	(%rdi), %rbx
	cmpb	$0, 8(%rdi)
	je	.Lone
	popq	%rbx
	.cfi_remember_state
	.cfi_def_cfa_offset	8
	ret
.Lone:
	.cfi_restore_state
	movq	%rbx, %rdi
	popq	%rbx
	.cfi_def_cfa_offset	8
	jmp	*slot(%rip)
	.cfi_endproc
	.size	f, .-f
	.p2align	4
	.type	leaf, %function
leaf:
	.cfi_startproc
	xorl	%eax, %eax
	ret
	.cfi_endproc
	.size	leaf, .-leaf
	.section	.data.rel.ro, "aw"
	.p2align	3
slot:
	.quad	leaf
	.data
	.p2align	3
	.quad	0x10003
